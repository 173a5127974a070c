package io.odin.persistence.sql.execution;

import io.odin.persistence.Limits;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.history.Histories;
import io.odin.persistence.sql.query.Queries;
import io.odin.persistence.sql.retention.RunDeletion;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.schedule.Schedules;
import io.odin.persistence.sql.shard.Shards;
import io.odin.persistence.sql.signal.Signals;
import io.odin.persistence.sql.task.Tasks;
import io.odin.persistence.sql.timer.Timers;
import io.odin.persistence.sql.visibility.Visibility;
import io.odin.persistence.sql.wakeup.WakeUps;
import io.odin.persistence.sql.write.AppliedWrites;

/** The area of executions: commits, which write to all other areas. Thread-safe. */
public final class Executions {

  private final ExecutionStore store;

  /** Makes the statements and the store. */
  public Executions(
      Database database,
      Statements statements,
      AppliedWrites writes,
      Limits limits,
      Shards shards,
      Runs runs,
      Histories histories,
      Timers timers,
      Signals signals,
      Queries queries,
      Tasks tasks,
      Visibility visibility,
      Schedules schedules,
      RunDeletion deletion,
      WakeUps wakeUps) {
    CommitSql commits = new CommitSql(statements);
    CommitPlanner planner =
        new CommitPlanner(
            commits,
            shards,
            runs,
            histories,
            timers,
            signals,
            queries,
            tasks,
            visibility,
            schedules);
    CommitCheck check = new CommitCheck(limits, shards.fence(), visibility.check());
    SqlCommit commit =
        new SqlCommit(
            database, commits, check, planner, runs, tasks.commit(), visibility.commit(), wakeUps);
    RunImporter importer =
        new RunImporter(
            database,
            writes,
            check,
            shards.fence(),
            runs.commit(),
            histories.commit(),
            timers.commit(),
            signals.commit(),
            visibility.commit());
    store =
        new SqlExecutionStore(
            database, commits, writes, commit, importer, shards, runs, timers, signals, deletion);
  }

  /** The store of the API. */
  public ExecutionStore store() {
    return store;
  }
}
