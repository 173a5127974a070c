package io.odin.persistence.cli.demo.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The input of a run of an order, which is in its first event.
 *
 * @param order the order
 * @param nextDelivery the first delivery of this run: 1, or later after a continue-as-new
 */
public record OrderInput(Order order, int nextDelivery) {

  /** The input of the first run. */
  public static OrderInput first(Order order) {
    return new OrderInput(order, 1);
  }

  /** Whether this is the run that the order was started with. */
  public boolean isFirstRun() {
    return nextDelivery == 1;
  }

  /** The input as JSON. */
  public ObjectNode toJson() {
    return DemoJson.object()
        .put("order", order.id())
        .put("kind", order.kind().name())
        .put("lines", order.lines())
        .put("deliveries", order.deliveries())
        .put("nextDelivery", nextDelivery);
  }

  /** The input from JSON. */
  public static OrderInput of(JsonNode json) {
    return new OrderInput(
        new Order(
            json.required("order").asText(),
            OrderKind.valueOf(json.required("kind").asText()),
            json.required("lines").asInt(),
            json.required("deliveries").asInt()),
        json.required("nextDelivery").asInt());
  }
}
