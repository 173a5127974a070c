package io.odin.persistence.sql.signal;

import io.odin.persistence.Limits;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.signal.SignalStore;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.statement.Step;

/** The area of signals. Thread-safe. */
public final class Signals {

  private final SignalSql sql;
  private final SignalStore store;
  private final SignalCommit commit;

  /** Makes the statements and the store. */
  public Signals(Database database, Statements statements, Runs runs, Limits limits) {
    sql = new SignalSql(statements);
    store = new SqlSignalStore(database, runs, sql, limits);
    commit = new SignalCommit(sql);
  }

  /** The store of the API. */
  public SignalStore store() {
    return store;
  }

  /** What a commit does to signals. */
  public SignalCommit commit() {
    return commit;
  }

  /**
   * Reads the first pending signals of a run as {@link io.odin.persistence.signal.WorkflowSignal}.
   */
  public Step firstPending(RunKey run, int limit) {
    return sql.pending.begin(RunMapper.run(run), limit, row -> SignalSql.signal(row, run));
  }
}
