package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.rows.FloorStatements.RunParameters;
import io.odin.persistence.benchmarks.rows.Prepared.Parameter;
import io.odin.persistence.execution.RunKey;
import java.sql.Connection;
import java.sql.SQLException;

/** The deletion of a small run that is not archived, on plain JDBC. */
final class FloorDeletion {

  /** More rows than that go in several transactions. */
  private static final int CHUNK = 1000;

  private final Connection connection;
  private final Fenced inspect;
  private final Fenced lock;
  private final Parameter limit;
  private final FloorStatements delete;
  private final RunParameters deleted;
  private final Parameter version;

  FloorDeletion(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    inspect = new Fenced(connection, "executions.find", "retention.archival");
    lock = new Fenced(connection, "currentRuns.lock", "executions.lock", "retention.rest");
    limit = lock.statements.parameter("limit");
    delete =
        new FloorStatements(
            connection,
            "executions.deletePart.history_events",
            "executions.deletePart.workflow_timers",
            "executions.deletePart.workflow_signals",
            "executions.deletePart.workflow_query_results",
            "visibility.delete",
            "executions.deletePart.workflow_tags",
            "executions.deletePart.workflow_current_runs",
            "executions.delete");
    deleted = delete.run();
    version = delete.parameter("version");
  }

  private static final class Fenced {
    private final FloorStatements statements;
    private final RunParameters run;
    private final Parameter shardId;
    private final Parameter fenceToken;

    Fenced(Connection connection, String... names) throws SQLException {
      statements = FloorStatements.fenced(connection, names);
      run = statements.run();
      shardId = statements.parameter("shard_id");
      fenceToken = statements.parameter("fence_token");
    }

    /** Says how many rows each statement has found. */
    long[] send(RunKey key) throws SQLException {
      run.set(key);
      shardId.set(Runs.shardOf(key.workflowId()));
      fenceToken.set(Runs.FENCE_TOKEN);
      return statements.send((sql, row) -> {});
    }
  }

  /** Says whether there was a run: 1, or 0. */
  long delete(RunKey run) throws SQLException {
    inspect.send(run);
    connection.commit();
    limit.set(CHUNK + 1);
    long found = lock.send(run)[2];
    deleted.set(run);
    version.set(Long.MAX_VALUE);
    delete.send((sql, row) -> {});
    connection.commit();
    return found;
  }
}
