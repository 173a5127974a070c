package io.odin.persistence.sql.query;

import io.odin.persistence.Limits;
import io.odin.persistence.query.QueryResultStore;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.run.Runs;

/** The area of queries and their answers. Thread-safe. */
public final class Queries {

  private final QueryResultStore store;
  private final QueryCommit commit;

  /** Makes the statements and the store. */
  public Queries(
      Database database, Statements statements, Runs runs, LiveNamespaces live, Limits limits) {
    QueryResultSql sql = new QueryResultSql(statements);
    commit = new QueryCommit(sql);
    store = new SqlQueryResultStore(database, runs, live, sql, commit, limits);
  }

  /** The store of the API. */
  public QueryResultStore store() {
    return store;
  }

  /** What a commit does to queries. */
  public QueryCommit commit() {
    return commit;
  }
}
