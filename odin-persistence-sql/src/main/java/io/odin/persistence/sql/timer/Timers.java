package io.odin.persistence.sql.timer;

import io.odin.persistence.execution.RunKey;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.timer.TimerStore;

/** The area of timers. Thread-safe. */
public final class Timers {

  private final TimerSql sql;
  private final TimerStore store;
  private final TimerCommit commit;

  /** Makes the statements and the store. */
  public Timers(Database database, Statements statements) {
    sql = new TimerSql(statements);
    store = new SqlTimerStore(database, sql);
    commit = new TimerCommit(sql);
  }

  /** The store of the API. */
  public TimerStore store() {
    return store;
  }

  /** What a commit does to timers. */
  public TimerCommit commit() {
    return commit;
  }

  /** Reads all timers of one run as {@link io.odin.persistence.timer.WorkflowTimer}. */
  public Step ofRun(RunKey run) {
    return Step.query(sql.ofRun, RunMapper.run(run), row -> TimerSql.timer(row, run));
  }
}
