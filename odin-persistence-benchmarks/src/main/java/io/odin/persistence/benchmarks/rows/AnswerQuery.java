package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.BaselineRows;
import io.odin.persistence.benchmarks.baseline.Column;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.data.RunParameters;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.query.QueryResultStore;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.TimeOrderedId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts a query to a run, answers it, and reads the answer; each worker asks its own runs in turn.
 */
public final class AnswerQuery implements Row {

  private static final String NAME = "status";
  private static final String INPUT = "{\"detail\": \"short\"}";
  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);
  private static final long VERSION = 1;

  @Override
  public String name() {
    return "query-result";
  }

  @Override
  public String unit() {
    return "queries";
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    Runs.make(database, workers);
  }

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    Answer answer = new Answer(baseline);
    Runs.Cursor cursor = new Runs.Cursor(index);
    return () -> {
      cursor.next(0);
      answer.send(cursor.run(), TimeOrderedId.next());
      return 1;
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    QueryResultStore queries = persistence.queryResults();
    Runs.Cursor cursor = new Runs.Cursor(index);
    return () -> {
      cursor.next(0);
      QueryKey key =
          queries.request(NewQuery.create(cursor.run(), NAME, Json.of(INPUT), TIME_TO_LIVE));
      queries.complete(
          new QueryCompletion(key, QueryAnswer.result(Json.of(Sample.TASK_DATA))), VERSION);
      return queries.find(key).orElseThrow().completion().isPresent() ? 1 : 0;
    };
  }

  private static final class Answer {
    private final Baseline baseline;
    private final Request request;
    private final Complete complete;
    private final Find find;

    Answer(Baseline baseline) throws SQLException {
      this.baseline = baseline;
      request = new Request(baseline);
      complete = new Complete(baseline);
      find = new Find(baseline);
    }

    void send(RunKey run, UUID queryId) throws SQLException {
      baseline.begin();
      request.send(run, queryId);
      baseline.end();
      complete.send(run, queryId);
      find.send(run, queryId);
    }
  }

  private static final class Request {
    private final Prepared statements;
    private final RunParameters run;
    private final Parameter queryId;
    private final Parameter name;
    private final Parameter input;
    private final Parameter expiresAt;

    Request(Baseline baseline) throws SQLException {
      statements =
          baseline.prepare("executions.lockShared", "queryResults.insert", "queryResults.find");
      run = RunParameters.of(statements);
      queryId = statements.parameter("query_id");
      name = statements.parameter("query_name");
      input = statements.parameter("query_input");
      expiresAt = statements.parameter("expires_at");
    }

    void send(RunKey key, UUID id) throws SQLException {
      run.set(key);
      queryId.set(id);
      name.set(NAME);
      input.setJson(INPUT);
      expiresAt.set(TIME_TO_LIVE.toNanos() / 1000);
      statements.sendAll();
    }
  }

  private static final class Complete {
    private final Prepared statements;
    private final RunParameters run;
    private final Parameter version;
    private final Parameter completedAt;
    private final BaselineRows answers;

    Complete(Baseline baseline) throws SQLException {
      statements = baseline.prepare("queryResults.complete");
      run = RunParameters.of(statements);
      version = statements.parameter("execution_version");
      completedAt = statements.parameter("completed_at");
      answers =
          statements.rows(
              "queryResults.complete",
              Column.uuid("query_id"),
              Column.json("query_result"),
              Column.text("query_error"));
    }

    void send(RunKey key, UUID id) throws SQLException {
      run.set(key);
      version.set(VERSION);
      completedAt.set(0L);
      answers.bind(
          List.<@Nullable Object[]>of(new @Nullable Object[] {id, Sample.TASK_DATA, null}));
      statements.sendAll();
    }
  }

  private static final class Find {
    private final Prepared statements;
    private final RunParameters run;
    private final Parameter queryId;

    Find(Baseline baseline) throws SQLException {
      statements = baseline.prepare("queryResults.find");
      run = RunParameters.of(statements);
      queryId = statements.parameter("query_id");
    }

    void send(RunKey key, UUID id) throws SQLException {
      run.set(key);
      queryId.set(id);
      statements.sendAll();
    }
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    database.expect(
        done, "SELECT count(*) FROM workflow_query_results WHERE completed_at IS NOT NULL");
  }
}
