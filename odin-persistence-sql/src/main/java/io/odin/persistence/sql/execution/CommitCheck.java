package io.odin.persistence.sql.execution;

import io.odin.persistence.Limits;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.spi.Payloads;
import io.odin.persistence.spi.RequestSize;
import io.odin.persistence.sql.history.HistoryCommit;
import io.odin.persistence.sql.shard.ShardFence;
import io.odin.persistence.sql.visibility.VisibilityCheck;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.visibility.SearchAttributes;
import java.util.List;

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
    List<RunKey> runs = transaction.changes().stream().map(RunChange::key).toList();
    for (RunChange change : transaction.changes()) {
      fence.requireShardOf(change.key(), transaction.shard());
      checkChange(change, runs);
      Limits.check(
          "historyBatchBytes", HistoryCommit.bytes(change.history()), limits.historyBatchBytes());
      // What closes a run may exceed the limit, by as many as it allows; a history that is copied
      // exists already.
      if (!change.history().isEmpty()
          && !change.state().state().isClosed()
          && !CommitPlanner.copies(change)) {
        Limits.check("historyEvents", change.history().getLast().eventId(), limits.historyEvents());
      }
      Limits.check("historyEvents", change.history().size(), limits.historyEvents());
    }
    transaction.queryCompletions().forEach(payloads::check);
    for (NewTask task : transaction.tasks()) {
      payloads.check("taskData", task.data());
    }
    payloads.checkRequest("transaction", RequestSize.of(transaction));
  }

  /** A whole run from elsewhere: its history may be larger than a batch. */
  void checkImport(CreateRun run, ShardLease shard) {
    Require.that(
        run.mode() instanceof CreateMode.BypassCurrent,
        "createMode",
        "is not bypassCurrent: an imported run never touches the current one");
    Require.that(
        run.copied().isEmpty(),
        "history",
        "of an imported run is whole: it begins with event 1, and nothing is copied");
    fence.requireShardOf(run.key(), shard);
    checkChange(run, List.of(run.key()));
    long maximum = limits.historyEvents();
    Limits.check(
        "historyEvents",
        run.history().size(),
        run.state().state().isClosed() ? 2 * maximum : maximum);
  }

  private void checkChange(RunChange change, List<RunKey> runs) {
    RunState state = change.state();
    payloads.checkExecutionState(state.executionState());
    payloads.check("memo", state.memo());
    payloads.check("searchAttributes", state.searchAttributes());
    payloads.check("autoResetPoints", state.autoResetPoints());
    // A record of the run could not be stored otherwise.
    SearchAttributes.of(state.searchAttributes());
    for (HistoryEvent event : change.history()) {
      payloads.check("data", event.data());
    }
    for (TimerUpsert timer : change.timers()) {
      payloads.check("timerData", timer.data());
    }
    change.visibility().ifPresent(record -> visibility.check(record, runs));
    change.tags().ifPresent(visibility::check);
    if (change instanceof CreateRun create) {
      payloads.check("retryPolicy", create.definition().retryPolicy());
      for (NewSignal signal : create.signals()) {
        payloads.check("signalInput", signal.input());
      }
      if (create.mode() instanceof CreateMode.ByPolicy policy
          && policy.whenOpen() instanceof OpenRunPolicy.TerminateExisting terminate) {
        payloads.check("eventData", terminate.eventData());
      }
    }
  }
}
