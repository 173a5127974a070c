package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderEvent;
import io.odin.persistence.cli.demo.order.OrderInput;
import io.odin.persistence.cli.demo.order.OrderProgress;
import io.odin.persistence.cli.demo.order.OrderVisibility;
import io.odin.persistence.cli.demo.order.ResetPoint;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.SearchAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The runs of orders as they are created, with their visibility records and tags. */
public final class NewRuns {

  private NewRuns() {}

  /** What is fixed for a run of an order. */
  static RunDefinition.Builder definition(Order order, Instant startedAt) {
    return RunDefinition.builder(order.kind().workflowType(), OrderQueues.NAME, startedAt);
  }

  /** An open run with its first two events; its workflow task is to be enqueued. */
  static CreateRun.Builder open(
      RunKey run, CreateMode mode, RunDefinition definition, OrderInput input) {
    Instant now = definition.startedAt();
    RunState state = state(input).executionState(RunEdit.WORKFLOW_TASK_PENDING).build();
    return CreateRun.builder(run, mode, definition, state)
        .event(new HistoryEvent(1, OrderEvent.STARTED, now, DemoJson.write(input.toJson())))
        .event(new HistoryEvent(2, OrderEvent.WORKFLOW_TASK_SCHEDULED, now, Json.emptyObject()))
        .visibility(OrderVisibility.record(run, definition, state, 2, 1))
        .tags(OrderVisibility.tags(input.order()));
  }

  /**
   * An open run in place of its base, with the history of the base up to a point, which the
   * database copies, and the later signals of the base again; its workflow task is to be enqueued.
   *
   * @param then the progress of the base at that point
   */
  static CreateRun reset(RunKey run, ResetPoint point, OrderProgress then, Instant now) {
    Order order = then.input().order();
    List<HistoryEvent> added = added(point, now);
    long events = point.base().lastEventId() + added.size();
    boolean expedited = then.isExpedited() || !point.signals().isEmpty();
    SearchAttributes attributes = OrderVisibility.attributes(order);
    RunState state =
        state(then.input())
            .searchAttributes(
                (expedited ? OrderVisibility.expedited(attributes) : attributes).json())
            .lastProcessedEventId(point.base().lastEventId())
            .executionState(RunEdit.WORKFLOW_TASK_PENDING)
            .build();
    RunDefinition definition = definition(order, now).base(point.base()).build();
    return CreateRun.builder(run, CreateMode.replaceClosed(point.base().runId()), definition, state)
        .history(added)
        .visibility(OrderVisibility.record(run, definition, state, events, 1))
        .tags(expedited ? OrderVisibility.expeditedTags(order) : OrderVisibility.tags(order))
        .build();
  }

  private static List<HistoryEvent> added(ResetPoint point, Instant now) {
    List<HistoryEvent> events = new ArrayList<>();
    long next = point.base().lastEventId() + 1;
    Json base = DemoJson.write(DemoJson.object().put("base", point.base().runId().toString()));
    events.add(new HistoryEvent(next, OrderEvent.RESET, now, base));
    for (HistoryEvent signal : point.signals()) {
      events.add(
          new HistoryEvent(next + events.size(), OrderEvent.SIGNAL_REAPPLIED, now, signal.data()));
    }
    events.add(
        new HistoryEvent(
            next + events.size(), OrderEvent.WORKFLOW_TASK_SCHEDULED, now, Json.emptyObject()));
    return events;
  }

  /** A closed run that another system has processed, with its history. */
  public static CreateRun closed(RunKey run, OrderInput input, List<HistoryEvent> history) {
    Instant end = history.getLast().timestamp();
    RunDefinition definition = definition(input.order(), history.getFirst().timestamp()).build();
    RunState state =
        state(input)
            .closed(input.order().end(), end)
            .completionEventId(history.getLast().eventId())
            .build();
    return CreateRun.builder(run, CreateMode.brandNew(), definition, state)
        .history(history)
        .visibility(OrderVisibility.record(run, definition, state, history.size(), 1))
        .tags(OrderVisibility.tags(input.order()))
        .build();
  }

  private static RunState.Builder state(OrderInput input) {
    return RunState.builder()
        .memo(DemoJson.write(input.toJson()))
        .searchAttributes(OrderVisibility.attributes(input.order()).json());
  }
}
