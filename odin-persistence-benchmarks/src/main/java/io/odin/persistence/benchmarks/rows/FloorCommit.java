package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.TimeOrderedId;
import io.odin.persistence.benchmarks.rows.Prepared.Parameter;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A commit on plain JDBC: all statements in one round trip, the COMMIT in another. Binds what every
 * commit has; the rows bind the rest.
 */
final class FloorCommit {

  private static final String TASKS = "taskQueues.insert";

  private final Connection connection;
  private final Prepared prepared;
  private final List<Sql> statements;
  private final Parameter namespaceId;
  private final Parameter workflowId;
  private final Parameter runId;
  private final Parameter shardId;
  private final Parameter fenceToken;
  private final Parameter commitId;
  private final Parameter contentHash;
  private final Events events;
  private final byte[] hash = new byte[32];

  /**
   * Prepares a commit.
   *
   * @param names the library's statements, in its order
   */
  FloorCommit(Connection connection, String... names) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    statements = Arrays.stream(names).map(LibrarySql::named).toList();
    prepared = new Prepared(connection, statements);
    // Tasks name their runs themselves, one by one.
    List<Sql> ofRun = statements.stream().filter(sql -> !sql.name().equals(TASKS)).toList();
    namespaceId = prepared.parameter("namespace_id", statements);
    workflowId = prepared.parameter("workflow_id", ofRun);
    runId = prepared.parameter("run_id", ofRun);
    shardId = prepared.parameter("shard_id", statements);
    fenceToken = prepared.parameter("fence_token", statements);
    commitId = prepared.parameter("commit_id", statements);
    contentHash = prepared.parameter("content_hash", statements);
    events = new Events();
  }

  /** A parameter of one statement. */
  Parameter parameter(String statement, String name) {
    return prepared.parameter(name, LibrarySql.named(statement));
  }

  /** The rows of new tasks. */
  FloorTaskRows tasks() {
    return new FloorTaskRows(prepared, LibrarySql.named(TASKS));
  }

  /** The leases that are completed. */
  FloorLeaseRows completions() {
    return new FloorLeaseRows(prepared, LibrarySql.named("taskQueues.complete"));
  }

  /** The visibility record. */
  FloorRecord visibility() {
    return new FloorRecord(prepared, LibrarySql.named("visibility.upsert"));
  }

  void bind(RunKey run, long firstEvent, int eventCount, Instant now) throws SQLException {
    namespaceId.set(run.namespace().value());
    workflowId.set(run.workflowId());
    runId.set(run.runId());
    shardId.set(Runs.shardOf(run.workflowId()));
    fenceToken.set(Runs.FENCE_TOKEN);
    commitId.set(TimeOrderedId.next());
    contentHash.set(hash);
    events.bind(firstEvent, eventCount, now);
  }

  /** Sends everything; each statement has to find or change a row. */
  void send() throws SQLException {
    PreparedStatement statement = prepared.statement();
    boolean returnsRows = statement.execute();
    for (Sql sql : statements) {
      if (returnsRows) {
        try (ResultSet rows = statement.getResultSet()) {
          require(rows.next(), sql);
        }
      } else {
        require(statement.getUpdateCount() > 0, sql);
      }
      returnsRows = statement.getMoreResults();
    }
    connection.commit();
  }

  private static void require(boolean condition, Sql sql) {
    if (!condition) {
      throw new IllegalStateException(sql + " of the floor came to nothing");
    }
  }

  private final class Events {
    private final Parameter eventId = parameter("history.insert", "event_id");
    private final Parameter eventType = parameter("history.insert", "event_type");
    private final Parameter eventTimestamp = parameter("history.insert", "event_timestamp");
    private final Parameter taskId = parameter("history.insert", "task_id");
    private final Parameter version = parameter("history.insert", "version");
    private final Parameter eventData = parameter("history.insert", "event_data");

    void bind(long first, int count, Instant now) throws SQLException {
      Long[] ids = new Long[count];
      String[] types = new String[count];
      String[] times = new String[count];
      Long[] tasks = new Long[count];
      Long[] versions = new Long[count];
      String[] data = new String[count];
      String time = now.toString();
      for (int i = 0; i < count; i++) {
        ids[i] = first + i;
        types[i] = Sample.EVENT_TYPE;
        times[i] = time;
        tasks[i] = -1L;
        versions[i] = 1L;
        data[i] = Sample.EVENT_DATA;
      }
      eventId.setArray("int8", ids);
      eventType.setArray("text", types);
      eventTimestamp.setArray("timestamptz", times);
      taskId.setArray("int8", tasks);
      version.setArray("int8", versions);
      eventData.setArray("jsonb", data);
    }
  }
}
