package io.odin.persistence.sql.signal;

import io.odin.persistence.Limits;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.signal.SignalStore;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.PageReading;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.value.PageRequest;

/** The area of signals. Thread-safe. */
public final class Signals {

  private final SignalSql sql;
  private final SignalStore store;
  private final SignalCommit commit;

  /** Makes the statements and the store. */
  public Signals(
      Database database, Statements statements, Runs runs, LiveNamespaces live, Limits limits) {
    sql = new SignalSql(statements);
    store = new SqlSignalStore(database, runs, sql, live, limits);
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

  /** The first pending signals of a run, which are not read yet. */
  public PageReading<WorkflowSignal> pending(Session session, RunKey run) {
    return sql.pending.begin(
        session,
        RunMapper.run(run),
        PageRequest.first(PageRequest.MAXIMUM_LIMIT),
        run.toString(),
        row -> SignalSql.signal(row, run));
  }
}
