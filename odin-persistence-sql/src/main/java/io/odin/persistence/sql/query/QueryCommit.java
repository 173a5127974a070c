package io.odin.persistence.sql.query;

import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.COMPLETED_AT;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.EXECUTION_VERSION;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.QUERY_ERROR;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.QUERY_ID;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.QUERY_RESULT;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.query.WorkflowQuery;
import io.odin.persistence.query.WorkflowQuery.Completion;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.ExpectedStep.Conflict;
import io.odin.persistence.sql.database.ExpectedStep.Precedence;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Answers queries, for the store and for commits alike. Thread-safe. */
public final class QueryCommit {

  private final QueryResultSql sql;

  QueryCommit(QueryResultSql sql) {
    this.sql = sql;
  }

  /** Answers the queries that were put to the run which is changed. */
  public Optional<ExpectedStep> answer(RunChange change, List<QueryCompletion> completions) {
    if (completions.isEmpty()) {
      return Optional.empty();
    }
    List<QueryCompletion> ofRun =
        completions.stream()
            .filter(completion -> completion.query().run().equals(change.key()))
            .sorted(Comparator.comparing(QueryCompletion::query, QueryResultSql.LOCK_ORDER))
            .toList();
    return ofRun.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ExpectedStep(
                complete(change.key(), ofRun, change.versionAfter()),
                ofRun.size(),
                session -> conflict(session, ofRun, change.versionAfter())));
  }

  private Optional<Conflict> conflict(
      Session session, List<QueryCompletion> completions, long version) throws SQLException {
    for (QueryCompletion completion : completions) {
      Optional<PersistenceException> conflict = conflict(session, completion, version);
      if (conflict.isPresent()) {
        return Conflict.of(Precedence.QUERY, conflict.get());
      }
    }
    return Optional.empty();
  }

  /** Stores answers to queries of one run; its count says how many were the first. */
  Step complete(RunKey run, List<QueryCompletion> completions, long version) {
    return Step.change(
        sql.complete,
        QueryResultSql.COMPLETED.bind(
            RunMapper.run(run)
                .and(EXECUTION_VERSION, version)
                .andFromNow(COMPLETED_AT, Duration.ZERO),
            completions.stream().map(QueryCommit::row).toList()));
  }

  private static Binds row(QueryCompletion completion) {
    Binds row = Binds.of(QUERY_ID, completion.query().queryId());
    return switch (completion.answer()) {
      case QueryAnswer.Result result -> row.and(QUERY_RESULT, result.value()).andNull(QUERY_ERROR);
      case QueryAnswer.Failed failed ->
          row.andNull(QUERY_RESULT).and(QUERY_ERROR, failed.message());
    };
  }

  /** Why an answer was not stored; empty if it is the stored one. */
  Optional<PersistenceException> conflict(Session session, QueryCompletion completion, long version)
      throws SQLException {
    QueryKey key = completion.query();
    Optional<WorkflowQuery> stored =
        session.first(sql.find, QueryResultSql.key(key), row -> QueryResultSql.query(row, key));
    if (stored.isEmpty()) {
      return Optional.of(new LeaseLostException(key.toString(), LeaseLostException.Reason.GONE));
    }
    Optional<Completion> first = stored.get().completion();
    if (first.isEmpty()) {
      return Optional.of(
          new UnavailableException(
              UnavailableException.Reason.SERIALIZATION, key + " came at the same time", null));
    }
    boolean same =
        first.get().answer().equals(completion.answer())
            && first.get().executionVersion() == version;
    return same
        ? Optional.empty()
        : Optional.of(new AlreadyExistsException("answer", key.toString(), stored.get()));
  }
}
