package io.odin.persistence.sql;

import io.odin.persistence.history.HistoryStore;

/** The area of histories. Thread-safe. */
final class Histories {

  private final Database database;
  private final HistorySql sql;
  private final HistoryCommit commit;

  Histories(Database database, Statements statements) {
    this.database = database;
    sql = new HistorySql(statements);
    commit = new HistoryCommit(sql);
  }

  /**
   * The store.
   *
   * @param runImport writes whole runs, of which a history is a part
   */
  HistoryStore store(RunImport runImport) {
    return new SqlHistoryStore(database, sql, runImport);
  }

  HistoryCommit commit() {
    return commit;
  }
}
