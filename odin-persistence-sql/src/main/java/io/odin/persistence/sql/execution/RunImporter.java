package io.odin.persistence.sql.execution;

import io.odin.persistence.Limits;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Require;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.history.Histories;
import io.odin.persistence.sql.history.HistoryCommit;
import io.odin.persistence.sql.history.RunImport;
import io.odin.persistence.sql.run.RunCommit;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.shard.ShardFence;
import io.odin.persistence.sql.shard.Shards;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.timer.TimerCommit;
import io.odin.persistence.sql.timer.Timers;
import io.odin.persistence.sql.visibility.Visibility;
import io.odin.persistence.sql.visibility.VisibilityCommit;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes whole runs that were made elsewhere. Thread-safe. */
public final class RunImporter implements RunImport {

  private static final int EVENTS_AT_ONCE = 500;

  private final Database database;
  private final CommitCheck check;
  private final ShardFence fence;
  private final RunCommit runs;
  private final HistoryCommit histories;
  private final TimerCommit timers;
  private final VisibilityCommit visibility;

  /** Writes what the given areas keep of a run. */
  public RunImporter(
      Database database,
      Limits limits,
      Shards shards,
      Runs runs,
      Histories histories,
      Timers timers,
      Visibility visibility) {
    this.database = database;
    check = new CommitCheck(limits, shards.fence(), visibility.check());
    fence = shards.fence();
    this.runs = runs.commit();
    this.histories = histories.commit();
    this.timers = timers.commit();
    this.visibility = visibility.commit();
  }

  @Override
  public void importRun(ShardLease shard, CreateRun run) {
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
