package io.odin.persistence.sql.history;

import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Statements;

/** The area of histories. Thread-safe. */
public final class Histories {

  private final Database database;
  private final HistorySql sql;
  private final HistoryCommit commit;

  /** Makes the statements. */
  public Histories(Database database, Statements statements) {
    this.database = database;
    sql = new HistorySql(statements);
    commit = new HistoryCommit(sql);
  }

  /** The store of the API. */
  public HistoryStore store() {
    return new SqlHistoryStore(database, sql);
  }

  /** What a commit does to histories. */
  public HistoryCommit commit() {
    return commit;
  }
}
