package io.odin.persistence.sql.query;

import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.EXPIRES_AT;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.QUERY_INPUT;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.QUERY_NAME;
import static io.odin.persistence.sql.statement.Columns.LIMIT;

import io.odin.persistence.Limits;
import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.internal.Require;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.query.QueryResultStore;
import io.odin.persistence.query.WorkflowQuery;
import io.odin.persistence.spi.Payloads;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.statement.Write;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Queries and their answers in SQL. Thread-safe. */
final class SqlQueryResultStore implements QueryResultStore {

  private final Database database;
  private final Runs runs;
  private final LiveNamespaces live;
  private final QueryResultSql sql;
  private final QueryCommit answers;
  private final Payloads payloads;

  SqlQueryResultStore(
      Database database,
      Runs runs,
      LiveNamespaces live,
      QueryResultSql sql,
      QueryCommit answers,
      Limits limits) {
    this.database = database;
    this.runs = runs;
    this.live = live;
    this.sql = sql;
    this.answers = answers;
    payloads = new Payloads(limits);
  }

  @Override
  public QueryKey request(NewQuery query) {
    payloads.check("queryInput", Require.nonNull("query", query).input());
    return database.transaction("queryResults.request", session -> request(session, query));
  }

  private QueryKey request(Session session, NewQuery query) throws SQLException {
    QueryKey key = query.key();
    Binds binds =
        QueryResultSql.key(key)
            .and(QUERY_NAME, query.name())
            .and(QUERY_INPUT, query.input())
            .andFromNow(EXPIRES_AT, query.timeToLive());
    // Under the lock of its run: a deletion of the run comes before, or sees the query.
    List<Step.Result> results =
        session.run(
            List.of(
                runs.lockShared(key.run()),
                Step.change(sql.insert, binds),
                Step.query(sql.find, binds, row -> QueryResultSql.query(row, key))));
    if (results.getFirst().count() == 0) {
      live.require(session, key.run().namespace());
      throw new NotFoundException("run", key.run().toString());
    }
    if (results.get(1).count() == 0) {
      requireSame(query, results.getLast().rows(WorkflowQuery.class));
      session.confirm();
    }
    return key;
  }

  /** The key of an expired query is taken until it is removed: adding it again reports GONE. */
  private static void requireSame(NewQuery query, List<WorkflowQuery> stored) {
    if (stored.isEmpty()) {
      throw new LeaseLostException(query.key().toString(), LeaseLostException.Reason.GONE);
    }
    WorkflowQuery first = stored.getFirst();
    if (!first.name().equals(query.name()) || !first.input().equals(query.input())) {
      throw new AlreadyExistsException("query", query.key().toString(), first);
    }
  }

  @Override
  public void complete(QueryCompletion completion, long executionVersion) {
    payloads.check(Require.nonNull("completion", completion));
    Require.between("executionVersion", executionVersion, 1, Long.MAX_VALUE);
    Step complete =
        answers.complete(completion.query().run(), List.of(completion), executionVersion);
    database.write(
        "queryResults.complete",
        Write.of(complete),
        (session, results) -> {
          long completed = results.getFirst().count();
          if (completed == 0) {
            Optional<PersistenceException> conflict =
                answers.conflict(session, completion, executionVersion);
            if (conflict.isPresent()) {
              throw conflict.get();
            }
            session.confirm();
          }
          return completed;
        });
  }

  @Override
  public Optional<WorkflowQuery> find(QueryKey query) {
    Binds key = QueryResultSql.key(Require.nonNull("query", query));
    return database.read(
        "queryResults.find",
        session -> session.first(sql.find, key, row -> QueryResultSql.query(row, query)));
  }

  @Override
  public int expire(int limit) {
    Binds binds = Binds.of(LIMIT, (int) Require.between("limit", limit, 1, 1000));
    return database.transaction(
        "queryResults.expire",
        session -> {
          List<Binds> expired =
              session.query(sql.expired, binds, QueryResultSql::key).stream()
                  .sorted(QueryResultSql.LOCK_ORDER)
                  .map(QueryResultSql::key)
                  .toList();
          return Arrays.stream(session.batch(sql.deleteExpired, expired)).sum();
        });
  }
}
