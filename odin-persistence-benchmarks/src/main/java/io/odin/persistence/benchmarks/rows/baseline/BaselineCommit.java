package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.BaselineRows;
import io.odin.persistence.benchmarks.baseline.Column;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.value.TimeOrderedId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A commit on plain JDBC: all statements, and the COMMIT in a round trip of its own. Binds what
 * every commit has; the rows bind the rest.
 */
public final class BaselineCommit {

  private static final String TASKS = "taskQueues.insertFenced";
  private static final Set<String> LENIENT = Set.of("visibility.insertTags");

  private final Baseline baseline;
  private final Prepared prepared;
  private final Parameter namespaceId;
  private final Parameter workflowId;
  private final Parameter runId;
  private final Parameter shardId;
  private final Parameter fenceToken;
  private final Parameter commitId;
  private final Parameter contentHash;
  private final BaselineRows events;
  private final byte[] hash = new byte[32];

  /**
   * Prepares a commit.
   *
   * @param names the library's statements, in its order
   */
  public BaselineCommit(Baseline baseline, String... names) throws SQLException {
    this.baseline = baseline;
    baseline.connection().setAutoCommit(false);
    prepared = baseline.prepareCommit(LENIENT, names);
    // Tasks name their runs themselves, one by one.
    List<Sql> ofRun =
        Arrays.stream(names)
            .filter(name -> !name.equals(TASKS))
            .map(baseline::named)
            .flatMap(List::stream)
            .toList();
    namespaceId = prepared.parameter("namespace_id");
    workflowId = prepared.parameter("workflow_id", ofRun);
    runId = prepared.parameter("run_id", ofRun);
    shardId = prepared.parameter("shard_id");
    fenceToken = prepared.parameter("fence_token");
    commitId = prepared.parameter("commit_id");
    contentHash = prepared.parameter("content_hash");
    events =
        rows(
            "history.insert",
            Column.number("event_id"),
            Column.text("event_type"),
            Column.instant("event_timestamp"),
            Column.number("task_id"),
            Column.number("version"),
            Column.json("event_data"),
            Column.noBytes("event_bytes"));
  }

  /** A parameter of one statement. */
  public Parameter parameter(String statement, String name) {
    return prepared.parameter(statement, name);
  }

  /** Lets a statement find or change nothing. */
  public void allowNone(String statement) {
    prepared.allowNone(statement);
  }

  /** The rows of one statement. */
  public BaselineRows rows(String statement, Column... columns) {
    return prepared.rows(statement, columns);
  }

  /** The rows of new tasks. */
  public BaselineTaskRows tasks() {
    return new BaselineTaskRows(prepared, TASKS);
  }

  /** The leases that are completed. */
  BaselineLeaseRows completions() {
    return new BaselineLeaseRows(prepared);
  }

  /** The visibility record. */
  BaselineRecord visibility() {
    return new BaselineRecord(prepared);
  }

  public void bind(RunKey run, long firstEvent, int eventCount, Instant now) throws SQLException {
    namespaceId.set(run.namespace().value());
    workflowId.set(run.workflowId());
    runId.set(run.runId());
    shardId.set(Runs.shardOf(run.workflowId()));
    fenceToken.set(Runs.FENCE_TOKEN);
    commitId.set(TimeOrderedId.next());
    contentHash.set(hash);
    List<@Nullable Object[]> rows = new ArrayList<>(eventCount);
    for (int i = 0; i < eventCount; i++) {
      rows.add(
          new @Nullable Object[] {
            firstEvent + i, Sample.EVENT_TYPE, now, -1L, 1L, Sample.EVENT_DATA, null
          });
    }
    events.bind(rows);
  }

  /** Sends everything; each statement has to find or change a row, unless it need not. */
  public void send() throws SQLException {
    prepared.sendAll();
    baseline.commit();
  }
}
