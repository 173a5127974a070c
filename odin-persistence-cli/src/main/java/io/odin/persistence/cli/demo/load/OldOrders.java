package io.odin.persistence.cli.demo.load;

import io.odin.persistence.cli.demo.engine.Commits.Step;
import io.odin.persistence.cli.demo.engine.DemoContext;
import io.odin.persistence.cli.demo.engine.NewRuns;
import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderEvent;
import io.odin.persistence.cli.demo.order.OrderInput;
import io.odin.persistence.cli.demo.order.OrderKind;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Orders of last year, imported from another system: closed runs with their histories. Retention is
 * to archive these, and no others.
 */
public final class OldOrders {

  private static final Duration AGE = Duration.ofDays(365);

  private final Map<RunKey, List<HistoryEvent>> runs = new LinkedHashMap<>();

  private OldOrders() {}

  /** Imports them, each in one commit. */
  public static OldOrders importAll(DemoContext context, List<Order> orders)
      throws InterruptedException {
    OldOrders old = new OldOrders();
    Instant begin = Instant.now().minus(AGE);
    for (Order placed : orders) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while old orders were imported");
      }
      // All of them were processed.
      Order order = new Order(placed.id(), OrderKind.PLAIN, placed.lines(), 1);
      RunKey run = RunKey.create(context.namespace(), order.id());
      OrderInput input = OrderInput.first(order);
      List<HistoryEvent> history = history(input, begin);
      context
          .commits()
          .send(
              order.id(),
              shard ->
                  Optional.of(
                      new Step(
                          WorkflowTransaction.builder(shard)
                              .change(NewRuns.closed(run, input, history))
                              .build(),
                          () -> old.runs.put(run, history))));
    }
    return old;
  }

  private static List<HistoryEvent> history(OrderInput input, Instant begin) {
    List<HistoryEvent> events = new ArrayList<>();
    events.add(new HistoryEvent(1, OrderEvent.STARTED, begin, DemoJson.write(input.toJson())));
    for (String activity : input.order().activities()) {
      for (String type : List.of(OrderEvent.ACTIVITY_SCHEDULED, OrderEvent.ACTIVITY_COMPLETED)) {
        events.add(
            new HistoryEvent(
                events.size() + 1L,
                type,
                begin.plusSeconds(events.size()),
                DemoJson.write(DemoJson.object().put("activity", activity))));
      }
    }
    events.add(
        new HistoryEvent(
            events.size() + 1L,
            OrderEvent.COMPLETED,
            begin.plusSeconds(events.size()),
            DemoJson.write(DemoJson.object())));
    return events;
  }

  /** The runs, each with its history. */
  public Map<RunKey, List<HistoryEvent>> runs() {
    return runs;
  }
}
