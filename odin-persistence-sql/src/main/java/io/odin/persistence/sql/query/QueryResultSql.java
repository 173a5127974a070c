package io.odin.persistence.sql.query;

import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.Json;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.query.WorkflowQuery;
import io.odin.persistence.query.WorkflowQuery.Completion;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over queries and their answers. */
final class QueryResultSql {

  private static final Table<?> QUERIES = table("workflow_query_results");
  private static final String[] KEY = {"namespace_id", "workflow_id", "run_id", "query_id"};

  /** In which all that locks many of them does so, as the deletion of a run does. */
  static final Comparator<QueryKey> LOCK_ORDER =
      Comparator.<QueryKey, String>comparing(key -> key.run().namespace().toString())
          .thenComparing(key -> key.run().workflowId())
          .thenComparing(key -> key.run().runId().toString())
          .thenComparing(key -> key.queryId().toString());

  private static final RowShape NEW_QUERY =
      RowShape.into(QUERIES)
          .key(KEY)
          .ofRun()
          .shared("query_id", RowShape.Type.UUID)
          .shared("query_name", RowShape.Type.TEXT)
          .shared("query_input", RowShape.Type.JSON)
          .shared("expires_at", RowShape.Type.MICROSECONDS_FROM_NOW)
          .build();

  /** The queries of one run that are answered. */
  static final RowShape COMPLETED =
      RowShape.into(QUERIES)
          .key(KEY)
          .ofRun()
          .shared("execution_version", RowShape.Type.NUMBER)
          .shared("completed_at", RowShape.Type.MICROSECONDS_FROM_NOW)
          .each("query_id", RowShape.Type.UUID)
          .each("query_result", RowShape.Type.JSON)
          .each("query_error", RowShape.Type.TEXT)
          .build();

  final Sql insert;
  final Sql find;
  final Sql complete;
  final Sql expired;
  final Sql deleteExpired;

  QueryResultSql(Statements statements) {
    insert = statements.insertNew("queryResults.insert", NEW_QUERY);
    find =
        statements.query(
            "queryResults.find",
            DSL.select(
                    columns(
                        "query_name",
                        "query_input",
                        "query_result",
                        "query_error",
                        "requested_at",
                        "completed_at",
                        "expires_at",
                        "execution_version"))
                .from(QUERIES)
                .where(matches(KEY).and(liveAt(DatabaseClock.statementStart()))));
    complete =
        statements.updateMatching(
            "queryResults.complete",
            COMPLETED,
            column("completed_at").isNull().and(liveAt(DatabaseClock.now())));
    expired =
        statements.query(
            "queryResults.expired",
            DSL.select(columns(KEY))
                .from(QUERIES)
                .where(column("expires_at").le(DatabaseClock.statementStart()))
                .orderBy(column("expires_at"))
                .limit(limit()));
    // Once more: it may have been removed and put again since it was found.
    deleteExpired =
        statements.query(
            "queryResults.deleteExpired",
            DSL.deleteFrom(QUERIES)
                .where(matches(KEY).and(column("expires_at").le(DatabaseClock.now()))));
  }

  private static Condition liveAt(Field<Object> now) {
    return column("expires_at").isNull().or(column("expires_at").gt(now));
  }

  static QueryKey key(Row row) throws SQLException {
    return new QueryKey(RunMapper.key(row), row.uuid("query_id"));
  }

  static Binds key(QueryKey key) {
    return RunMapper.run(key.run()).and("query_id", key.queryId());
  }

  static WorkflowQuery query(Row row, QueryKey key) throws SQLException {
    return new WorkflowQuery(
        key,
        row.text("query_name"),
        row.json("query_input"),
        row.instant("requested_at"),
        row.optionalInstant("expires_at"),
        completion(row));
  }

  private static Optional<Completion> completion(Row row) throws SQLException {
    Optional<Instant> completedAt = row.optionalInstant("completed_at");
    if (completedAt.isEmpty()) {
      return Optional.empty();
    }
    Json result = row.json("query_result");
    QueryAnswer answer =
        row.optionalText("query_error")
            .map(QueryAnswer::error)
            .orElseGet(() -> QueryAnswer.result(result));
    return Optional.of(new Completion(answer, row.number("execution_version"), completedAt.get()));
  }
}
