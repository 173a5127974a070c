package io.odin.persistence.sql;

import io.odin.persistence.Limits;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.signal.SignalStore;

/** The area of signals. Thread-safe. */
final class Signals {

  private final SignalSql sql;
  private final SignalStore store;
  private final SignalCommit commit;

  Signals(Database database, Statements statements, Runs runs, Limits limits) {
    sql = new SignalSql(statements);
    store = new SqlSignalStore(database, runs, sql, limits);
    commit = new SignalCommit(sql);
  }

  SignalStore store() {
    return store;
  }

  SignalCommit commit() {
    return commit;
  }

  /**
   * Reads the first pending signals of a run as {@link io.odin.persistence.signal.WorkflowSignal}.
   */
  Step firstPending(RunKey run, int limit) {
    return sql.pending.begin(RunRows.run(run), limit, row -> SignalSql.signal(row, run));
  }
}
