package io.odin.persistence.sql;

import io.odin.persistence.execution.RunKey;
import io.odin.persistence.timer.TimerStore;

/** The area of timers. Thread-safe. */
final class Timers {

  private final TimerSql sql;
  private final TimerStore store;
  private final TimerCommit commit;

  Timers(Database database, Statements statements) {
    sql = new TimerSql(statements);
    store = new SqlTimerStore(database, sql);
    commit = new TimerCommit(sql);
  }

  TimerStore store() {
    return store;
  }

  TimerCommit commit() {
    return commit;
  }

  /** Reads all timers of one run as {@link io.odin.persistence.timer.WorkflowTimer}. */
  Step ofRun(RunKey run) {
    return Step.query(sql.ofRun, RunRows.run(run), row -> TimerSql.timer(row, run));
  }
}
