package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowKey;
import java.time.Clock;
import java.util.Optional;

/** Loads open runs, and begins steps of them. Thread-safe. */
final class OpenRuns {

  private final ExecutionStore store;
  private final OrderQueues queues;
  private final Clock clock = Clock.systemUTC();

  OpenRuns(DemoContext context) {
    store = context.persistence().executions();
    queues = context.queues();
  }

  /** The run with its timers and signals; empty if it is missing or closed. */
  Optional<RunSnapshot> find(RunKey run) {
    return store.find(run).filter(snapshot -> !snapshot.execution().state().state().isClosed());
  }

  /** The current run of a workflow; empty if it is closed. */
  Optional<RunSnapshot> findCurrent(WorkflowKey workflow) {
    return store.findCurrent(workflow).map(RunSummary::key).flatMap(this::find);
  }

  /** Begins a step of a run. */
  RunEdit edit(RunSnapshot snapshot) {
    return RunEdit.consuming(snapshot, queues, clock.instant());
  }

  /** Begins the last step of a run, which leaves its signals to the next run. */
  RunEdit lastEdit(RunSnapshot snapshot) {
    return RunEdit.handingOn(snapshot, queues, clock.instant());
  }
}
