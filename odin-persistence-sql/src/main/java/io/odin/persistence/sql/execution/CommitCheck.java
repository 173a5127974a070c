package io.odin.persistence.sql.execution;

import io.odin.persistence.Limits;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.internal.Payloads;
import io.odin.persistence.internal.Require;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.sql.history.HistoryCommit;
import io.odin.persistence.sql.shard.ShardFence;
import io.odin.persistence.sql.visibility.VisibilityCheck;

/**
 * Refuses transactions that are too large, on the wrong shard, or hold search attributes that are
 * not registered, before any write. Thread-safe.
 */
final class CommitCheck {

  private final Limits limits;
  private final Payloads payloads;
  private final ShardFence fence;
  private final VisibilityCheck visibility;

  CommitCheck(Limits limits, ShardFence fence, VisibilityCheck visibility) {
    this.limits = limits;
    payloads = new Payloads(limits);
    this.fence = fence;
    this.visibility = visibility;
  }

  void check(WorkflowTransaction transaction) {
    for (RunChange change : transaction.changes()) {
      fence.requireShardOf(change.key(), transaction.shard());
      checkChange(change);
      Limits.check(
          "historyBatchBytes", HistoryCommit.bytes(change.history()), limits.historyBatchBytes());
      if (!change.history().isEmpty() && !change.state().state().isClosed()) {
        Limits.check("historyEvents", change.history().getLast().eventId(), limits.historyEvents());
      }
    }
    transaction.queryCompletions().forEach(payloads::check);
  }

  /** A whole run from elsewhere: its history may be larger than a batch. */
  void checkImport(CreateRun run, ShardLease shard) {
    Require.that(
        run.mode() instanceof CreateMode.BypassCurrent,
        "createMode",
        "is not bypassCurrent: an imported run never touches the current one");
    fence.requireShardOf(run.key(), shard);
    checkChange(run);
    Limits.check("historyEvents", run.history().size(), limits.historyEvents());
  }

  private void checkChange(RunChange change) {
    payloads.checkExecutionState(change.state().executionState());
    payloads.check(change.state().memo());
    payloads.check(change.state().searchAttributes());
    payloads.check(change.state().autoResetPoints());
    change.history().forEach(event -> payloads.check(event.data()));
    change.timers().forEach(timer -> payloads.check(timer.data()));
    change.visibility().ifPresent(visibility::check);
    change.tags().ifPresent(visibility::check);
    if (change instanceof CreateRun create) {
      create.definition().retryPolicy().ifPresent(payloads::check);
      if (create.mode() instanceof CreateMode.ByPolicy policy
          && policy.whenOpen() instanceof OpenRunPolicy.TerminateExisting terminate) {
        payloads.check(terminate.eventData());
      }
    }
  }
}
