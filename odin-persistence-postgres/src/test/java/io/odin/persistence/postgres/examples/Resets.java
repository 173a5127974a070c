package io.odin.persistence.postgres.examples;

import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.value.Json;
import java.time.Instant;

/** How an engine resets a run, and how a restored run takes over. */
public final class Resets {

  private Resets() {}

  // example: reset
  /** Ends a run, and starts another one that has its history up to an event. */
  public static WorkflowTransaction reset(
      RunSnapshot snapshot, long lastEventId, RunState stateThen, ShardLease shard) {
    WorkflowExecution base = snapshot.execution();
    RunKey run = RunKey.create(base.key().namespace(), base.key().workflowId());
    RunDefinition definition =
        RunDefinition.builder(
                base.definition().workflowType(), base.definition().taskQueue(), Instant.now())
            .base(new BaseRun(base.key().runId(), lastEventId))
            .build();
    CreateRun create =
        CreateRun.builder(run, CreateMode.replaceClosed(base.key().runId()), definition, stateThen)
            .event(
                new HistoryEvent(
                    lastEventId + 1, "WorkflowReset", Instant.now(), Json.emptyObject()))
            .build();
    UpdateRun end =
        Workflows.append(
                base,
                base.state().toBuilder().closed(WorkflowState.TERMINATED, Instant.now()).build(),
                "WorkflowTerminated")
            .carrySignalsTo(run)
            .build();
    return WorkflowTransaction.builder(shard).change(end).change(create).build();
  }

  // end of reset
}
