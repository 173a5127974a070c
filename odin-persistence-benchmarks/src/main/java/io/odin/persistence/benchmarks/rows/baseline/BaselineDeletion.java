package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.benchmarks.rows.data.RunParameters;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.run.RunKey;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The deletion of a small run that is not archived, on plain JDBC. */
public final class BaselineDeletion {

  /** More rows than that go in several transactions. */
  private static final int CHUNK = 1000;

  private final Baseline baseline;
  private final Fenced inspect;
  private final Fenced lock;
  private final Parameter limit;
  private final Parameter skipped;
  private final Parameter firstEvent;
  private final Prepared delete;
  private final RunParameters deleted;
  private final Parameter firstDeleted;
  private final Parameter nextEvent;
  private final Parameter version;

  public BaselineDeletion(Baseline baseline) throws SQLException {
    this.baseline = baseline;
    baseline.connection().setAutoCommit(false);
    inspect = new Fenced(baseline, "executions.find", "retention.archival");
    lock = new Fenced(baseline, "currentRuns.lock", "executions.lock", "retention.rest");
    limit = lock.statements.parameter("limit");
    skipped = lock.statements.parameter("skipped");
    firstEvent = lock.statements.parameter("first_event_id");
    delete =
        baseline.prepare(
            "retention.deleteEvents",
            "executions.deletePart.workflow_timers",
            "executions.deletePart.workflow_signals",
            "executions.deletePart.workflow_query_results",
            "visibility.delete",
            "executions.deletePart.workflow_tags",
            "executions.deletePart.workflow_current_runs",
            "executions.delete");
    deleted = RunParameters.of(delete);
    firstDeleted = delete.parameter("first_event_id");
    nextEvent = delete.parameter("next_event_id");
    version = delete.parameter("version");
  }

  private static final class Fenced {
    private final Prepared statements;
    private final RunParameters run;
    private final Parameter shardId;
    private final Parameter fenceToken;

    Fenced(Baseline baseline, String... names) throws SQLException {
      statements =
          baseline.prepare(
              Stream.concat(Stream.of("shards.fence"), Arrays.stream(names))
                  .toArray(String[]::new));
      run = RunParameters.of(statements);
      shardId = statements.parameter("shard_id");
      fenceToken = statements.parameter("fence_token");
    }

    /** Says how many rows each statement has found. */
    List<Long> send(RunKey key) throws SQLException {
      run.set(key);
      shardId.set(Runs.shardOf(key.workflowId()));
      fenceToken.set(Runs.FENCE_TOKEN);
      return statements.send((sql, row) -> {});
    }
  }

  /** Says whether there was a run: 1, or 0. */
  public long delete(RunKey run) throws SQLException {
    inspect.send(run);
    baseline.commit();
    limit.set(CHUNK + 1);
    skipped.set((long) CHUNK);
    firstEvent.set(0L);
    long found = lock.send(run).get(2);
    deleted.set(run);
    firstDeleted.set(0L);
    nextEvent.set(Long.MAX_VALUE);
    version.set(Long.MAX_VALUE);
    delete.send((sql, row) -> {});
    baseline.commit();
    return found;
  }
}
