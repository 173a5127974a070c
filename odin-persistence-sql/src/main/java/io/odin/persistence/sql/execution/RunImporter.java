package io.odin.persistence.sql.execution;

import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.history.HistoryCommit;
import io.odin.persistence.sql.run.RunCommit;
import io.odin.persistence.sql.shard.ShardFence;
import io.odin.persistence.sql.signal.SignalCommit;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.timer.TimerCommit;
import io.odin.persistence.sql.visibility.VisibilityCommit;
import io.odin.persistence.sql.write.AppliedWrites;
import io.odin.persistence.sql.write.WriteId;
import io.odin.persistence.value.Bytes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes whole runs that were made elsewhere. Thread-safe. */
final class RunImporter {

  private static final int EVENTS_AT_ONCE = 500;

  private final Database database;
  private final AppliedWrites writes;
  private final CommitCheck check;
  private final ShardFence fence;
  private final RunCommit runs;
  private final HistoryCommit histories;
  private final TimerCommit timers;
  private final SignalCommit signals;
  private final VisibilityCommit visibility;

  RunImporter(
      Database database,
      AppliedWrites writes,
      CommitCheck check,
      ShardFence fence,
      RunCommit runs,
      HistoryCommit histories,
      TimerCommit timers,
      SignalCommit signals,
      VisibilityCommit visibility) {
    this.database = database;
    this.writes = writes;
    this.check = check;
    this.fence = fence;
    this.runs = runs;
    this.histories = histories;
    this.timers = timers;
    this.signals = signals;
    this.visibility = visibility;
  }

  void importRun(ShardLease shard, CreateRun run) {
    check.checkImport(run, shard);
    NamespaceId namespace = run.key().namespace();
    WriteId write = id(shard, run);
    ExpectedStep row = runs.write(run, shard.shardId(), HistoryCommit.bytes(run.history()));
    List<ExpectedStep> more = rest(shard, run);
    database.transaction(
        "executions.importRun",
        session -> {
          require(session, fence.step(shard, namespace));
          if (row.isMissed(session.run(row.step()))) {
            // Imported before, by the same request, whatever has changed the run since; or not.
            if (!writes.confirms(session, namespace, write)) {
              throw row.diagnosis().find(session).orElseThrow().exception();
            }
            return write;
          }
          for (ExpectedStep step : more) {
            require(session, step);
          }
          writes.record(session, namespace, write);
          return write;
        });
  }

  /** What follows the row of the run. */
  private List<ExpectedStep> rest(ShardLease shard, CreateRun run) {
    List<ExpectedStep> all = new ArrayList<>();
    List<HistoryEvent> events = run.history();
    for (int from = 0; from < events.size(); from += EVENTS_AT_ONCE) {
      int to = Math.min(from + EVENTS_AT_ONCE, events.size());
      all.add(histories.append(run.key(), events.subList(from, to)));
    }
    if (!run.timers().isEmpty()) {
      all.add(ExpectedStep.unchecked(timers.set(run.key(), run.timers(), shard.shardId())));
    }
    signals.receiveImported(run).ifPresent(all::add);
    all.addAll(visibility.imported(run));
    return all;
  }

  private static WriteId id(ShardLease shard, CreateRun run) {
    Bytes hash = WorkflowTransaction.builder(shard).change(run).build().contentHash();
    return WriteId.of("executions.importRun", Binds.of("content_hash", hash));
  }

  private static void require(Session session, ExpectedStep step) throws SQLException {
    if (step.isMissed(session.run(step.step()))) {
      throw step.diagnosis().find(session).orElseThrow().exception();
    }
  }
}
