package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.cli.demo.order.OrderEvent;
import io.odin.persistence.cli.demo.order.OrderInput;
import io.odin.persistence.cli.demo.order.OrderVisibility;
import io.odin.persistence.cli.demo.order.OrderWorkflow;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The runs of orders as they are created, with their visibility records and tags. */
public final class NewRuns {

  private NewRuns() {}

  /** An open run with its first two events; its workflow task is to be enqueued. */
  static CreateRun open(
      RunKey run, CreateMode mode, OrderInput input, Optional<String> requestId, Instant now) {
    RunDefinition.Builder definition =
        RunDefinition.builder(OrderWorkflow.TYPE, OrderQueues.NAME, now);
    requestId.ifPresent(definition::startRequestId);
    RunState state = state(input).executionState(RunEdit.WORKFLOW_TASK_PENDING).build();
    List<HistoryEvent> history =
        List.of(
            new HistoryEvent(1, OrderEvent.STARTED, now, DemoJson.write(input.toJson())),
            new HistoryEvent(2, OrderEvent.WORKFLOW_TASK_SCHEDULED, now, Json.emptyObject()));
    return run(run, mode, definition.build(), state, input, history);
  }

  /** A closed run that another system has processed, with its history. */
  public static CreateRun closed(RunKey run, OrderInput input, List<HistoryEvent> history) {
    Instant begin = history.getFirst().timestamp();
    Instant end = history.getLast().timestamp();
    return run(
        run,
        CreateMode.brandNew(),
        RunDefinition.builder(OrderWorkflow.TYPE, OrderQueues.NAME, begin).build(),
        state(input)
            .closed(input.order().end(), end)
            .completionEventId(history.getLast().eventId())
            .build(),
        input,
        history);
  }

  private static RunState.Builder state(OrderInput input) {
    return RunState.builder()
        .memo(DemoJson.write(input.toJson()))
        .searchAttributes(OrderVisibility.attributes(input.order()).json());
  }

  private static CreateRun run(
      RunKey run,
      CreateMode mode,
      RunDefinition definition,
      RunState state,
      OrderInput input,
      List<HistoryEvent> history) {
    return CreateRun.builder(run, mode, definition, state)
        .history(history)
        .visibility(OrderVisibility.record(run, definition, state, history.size(), 1))
        .tags(OrderVisibility.tags(input.order()))
        .build();
  }
}
