package io.odin.persistence.sql;

import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Require;
import io.odin.persistence.shard.ShardLease;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes whole runs that were made elsewhere. Thread-safe. */
final class RunImporter {

  private static final int EVENTS_AT_ONCE = 500;

  private final Database database;
  private final ShardFence fence;
  private final RunCommit runs;
  private final HistoryCommit histories;
  private final TimerCommit timers;
  private final CommitCheck check;
  private final VisibilityCommit visibility;

  RunImporter(
      Database database,
      ShardFence fence,
      RunCommit runs,
      HistoryCommit histories,
      TimerCommit timers,
      CommitCheck check,
      VisibilityCommit visibility) {
    this.database = database;
    this.fence = fence;
    this.runs = runs;
    this.histories = histories;
    this.timers = timers;
    this.check = check;
    this.visibility = visibility;
  }

  void importRun(ShardLease shard, CreateRun run) {
    Require.nonNull("shard", shard);
    check.checkImport(Require.nonNull("run", run), shard);
    List<ExpectedStep> all = new ArrayList<>();
    List<HistoryEvent> events = run.history();
    all.add(fence.step(shard));
    all.add(runs.write(run, shard.shardId(), HistoryCommit.bytes(events)));
    for (int from = 0; from < events.size(); from += EVENTS_AT_ONCE) {
      int to = Math.min(from + EVENTS_AT_ONCE, events.size());
      all.add(histories.append(run.key(), events.subList(from, to)));
    }
    if (!run.timers().isEmpty()) {
      all.add(ExpectedStep.unchecked(timers.set(run.key(), run.timers(), shard.shardId())));
    }
    all.addAll(visibility.imported(run));
    database.transaction("history.importRun", session -> write(session, all));
  }

  private static int write(Session session, List<ExpectedStep> all) throws SQLException {
    for (ExpectedStep step : all) {
      Step.Result result = session.run(List.of(step.step())).getFirst();
      if (step.isMissed(result)) {
        throw step.diagnosis().find(session).orElseThrow().exception();
      }
    }
    return all.size();
  }
}
