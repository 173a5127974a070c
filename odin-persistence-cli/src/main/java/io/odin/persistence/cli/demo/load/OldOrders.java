package io.odin.persistence.cli.demo.load;

import io.odin.persistence.cli.demo.engine.Commits.Step;
import io.odin.persistence.cli.demo.engine.Floor;
import io.odin.persistence.cli.demo.engine.NewRuns;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderEvent;
import io.odin.persistence.cli.demo.order.OrderInput;
import io.odin.persistence.cli.demo.order.OrderKind;
import io.odin.persistence.cli.demo.order.Payloads;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Orders of last year, which the shop brings along from the system it had before: closed runs with
 * their histories. Retention is to find them, and nothing else.
 */
public final class OldOrders {

  private static final Duration AGE = Duration.ofDays(365);

  private final Map<RunKey, List<HistoryEvent>> runs = new LinkedHashMap<>();

  private OldOrders() {}

  /** Imports them, each in one commit. */
  public static OldOrders bringAlong(Floor floor, List<Order> orders) throws InterruptedException {
    OldOrders old = new OldOrders();
    Instant begin = Instant.now().minus(AGE);
    for (Order placed : orders) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while old orders were imported");
      }
      // Whatever else happened to them last year, they were processed.
      Order order = new Order(placed.id(), OrderKind.PLAIN, placed.lines(), 1);
      RunKey run = RunKey.create(floor.namespace(), order.id());
      OrderInput input = OrderInput.first(order);
      List<HistoryEvent> history = history(input, begin);
      floor
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
    events.add(new HistoryEvent(1, OrderEvent.STARTED, begin, Payloads.write(input.toJson())));
    for (String activity : input.order().activities()) {
      for (String type : List.of(OrderEvent.ACTIVITY_SCHEDULED, OrderEvent.ACTIVITY_COMPLETED)) {
        events.add(
            new HistoryEvent(
                events.size() + 1L,
                type,
                begin.plusSeconds(events.size()),
                Payloads.write(Payloads.object().put("activity", activity))));
      }
    }
    events.add(
        new HistoryEvent(
            events.size() + 1L,
            OrderEvent.COMPLETED,
            begin.plusSeconds(events.size()),
            Payloads.write(Payloads.object())));
    return events;
  }

  /** The runs, each with its history. */
  Map<RunKey, List<HistoryEvent>> runs() {
    return runs;
  }
}
