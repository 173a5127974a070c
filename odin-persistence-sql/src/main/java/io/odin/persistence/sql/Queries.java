package io.odin.persistence.sql;

import io.odin.persistence.Limits;
import io.odin.persistence.query.QueryResultStore;

/** The area of queries and their answers. Thread-safe. */
final class Queries {

  private final QueryResultStore store;
  private final QueryCommit commit;

  Queries(Database database, Statements statements, Runs runs, Limits limits) {
    QueryResultSql sql = new QueryResultSql(statements);
    commit = new QueryCommit(sql);
    store = new SqlQueryResultStore(database, runs, sql, commit, limits);
  }

  QueryResultStore store() {
    return store;
  }

  QueryCommit commit() {
    return commit;
  }
}
