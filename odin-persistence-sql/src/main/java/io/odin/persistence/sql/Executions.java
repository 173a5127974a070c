package io.odin.persistence.sql;

import io.odin.persistence.Limits;
import io.odin.persistence.execution.ExecutionStore;

/** The area of executions: commits, which write to all other areas. Thread-safe. */
final class Executions {

  private final ExecutionStore store;

  Executions(
      Database database,
      Statements statements,
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
      RunDeletion deletion) {
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
        new SqlCommit(database, commits, check, planner, runs, tasks.commit(), visibility.commit());
    store =
        new SqlExecutionStore(database, commits, commit, shards, runs, timers, signals, deletion);
  }

  ExecutionStore store() {
    return store;
  }
}
