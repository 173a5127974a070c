package io.odin.persistence.sql.query;

import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.COMPLETED_AT;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.EXECUTION_VERSION;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.EXPIRES_AT;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.KEY;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.QUERY_ERROR;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.QUERY_ID;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.QUERY_INPUT;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.QUERY_NAME;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.QUERY_RESULT;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.REQUESTED_AT;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.WORKFLOW_QUERY_RESULTS;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;

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
import io.odin.persistence.value.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The statements over queries and their answers. */
final class QueryResultSql {

  /** In which all that locks many of them does so, as the deletion of a run does. */
  static final Comparator<QueryKey> LOCK_ORDER =
      Comparator.<QueryKey, String>comparing(key -> key.run().namespace().toString())
          .thenComparing(key -> key.run().workflowId())
          .thenComparing(key -> key.run().runId().toString())
          .thenComparing(key -> key.queryId().toString());

  private static final RowShape NEW_QUERY =
      RowShape.into(WORKFLOW_QUERY_RESULTS)
          .key(KEY)
          .ofRun()
          .shared(QUERY_ID, QUERY_NAME, QUERY_INPUT)
          .sharedFromNow(EXPIRES_AT)
          .build();

  /** The queries of one run that are answered. */
  static final RowShape COMPLETED =
      RowShape.into(WORKFLOW_QUERY_RESULTS)
          .key(KEY)
          .ofRun()
          .shared(EXECUTION_VERSION)
          .sharedFromNow(COMPLETED_AT)
          .each(QUERY_ID, QUERY_RESULT, QUERY_ERROR)
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
                    QUERY_NAME,
                    QUERY_INPUT,
                    QUERY_RESULT,
                    QUERY_ERROR,
                    REQUESTED_AT,
                    COMPLETED_AT,
                    EXPIRES_AT,
                    EXECUTION_VERSION)
                .from(WORKFLOW_QUERY_RESULTS)
                .where(matches(KEY).and(liveAt(DatabaseClock.statementStart()))));
    complete =
        statements.updateMatching(
            "queryResults.complete",
            COMPLETED,
            COMPLETED_AT.isNull().and(liveAt(DatabaseClock.now())));
    expired =
        statements.query(
            "queryResults.expired",
            DSL.select(KEY)
                .from(WORKFLOW_QUERY_RESULTS)
                .where(EXPIRES_AT.le(DatabaseClock.statementStart()))
                .orderBy(EXPIRES_AT)
                .limit(limit()));
    // Once more: it may have been removed and put again since it was found.
    deleteExpired =
        statements.query(
            "queryResults.deleteExpired",
            DSL.deleteFrom(WORKFLOW_QUERY_RESULTS)
                .where(matches(KEY).and(EXPIRES_AT.le(DatabaseClock.now()))));
  }

  private static Condition liveAt(Field<Instant> now) {
    return EXPIRES_AT.isNull().or(EXPIRES_AT.gt(now));
  }

  static QueryKey key(Row row) throws SQLException {
    return new QueryKey(RunMapper.key(row), row.get(QUERY_ID));
  }

  static Binds key(QueryKey key) {
    return RunMapper.run(key.run()).and(QUERY_ID, key.queryId());
  }

  static WorkflowQuery query(Row row, QueryKey key) throws SQLException {
    return new WorkflowQuery(
        key,
        row.get(QUERY_NAME),
        row.get(QUERY_INPUT),
        row.get(REQUESTED_AT),
        row.optional(EXPIRES_AT),
        completion(row));
  }

  private static Optional<Completion> completion(Row row) throws SQLException {
    Optional<Instant> completedAt = row.optional(COMPLETED_AT);
    if (completedAt.isEmpty()) {
      return Optional.empty();
    }
    Json result = row.get(QUERY_RESULT);
    QueryAnswer answer =
        row.optional(QUERY_ERROR)
            .map(QueryAnswer::error)
            .orElseGet(() -> QueryAnswer.result(result));
    return Optional.of(new Completion(answer, row.get(EXECUTION_VERSION), completedAt.get()));
  }
}
