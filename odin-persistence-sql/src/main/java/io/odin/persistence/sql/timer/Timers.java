package io.odin.persistence.sql.timer;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.PageReading;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.timer.TimerStore;
import io.odin.persistence.timer.WorkflowTimer;

/** The area of timers. Thread-safe. */
public final class Timers {

  private static final int MAXIMUM_OF_RUN = 10_000;

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

  /** The first timers of one run, which are not read yet. */
  public PageReading<WorkflowTimer> ofRun(Session session, RunKey run) {
    return sql.ofRun.first(
        session,
        RunMapper.run(run),
        MAXIMUM_OF_RUN,
        run.toString(),
        row -> TimerSql.timer(row, run));
  }
}
