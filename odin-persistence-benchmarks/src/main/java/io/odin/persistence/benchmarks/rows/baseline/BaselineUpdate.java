package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import java.sql.SQLException;
import java.time.Instant;

/** The update of an open run within a commit on plain JDBC. */
public final class BaselineUpdate {

  private final BaselineCommit commit;
  private final Parameter expectedVersion;
  private final Parameter signalsSeen;
  private final Parameter firstEventId;
  private final Parameter eventCount;
  private final Parameter historyBytes;
  private final Parameter state;
  private final Parameter executionState;
  private final Parameter lastProcessed;
  private final Parameter completionEvent;
  private final Parameter memo;
  private final Parameter searchAttributes;
  private final Parameter resetPoints;
  private final Parameter completedAt;

  /**
   * The update of a commit.
   *
   * @param statement its name
   */
  public BaselineUpdate(BaselineCommit commit, String statement) {
    this.commit = commit;
    expectedVersion = commit.parameter(statement, "expected_version");
    signalsSeen = commit.parameter(statement, "signals_seen");
    firstEventId = commit.parameter(statement, "first_event_id");
    eventCount = commit.parameter(statement, "event_count");
    historyBytes = commit.parameter(statement, "history_bytes");
    state = commit.parameter(statement, "workflow_state");
    executionState = commit.parameter(statement, "execution_state");
    lastProcessed = commit.parameter(statement, "last_processed_event_id");
    completionEvent = commit.parameter(statement, "completion_event_id");
    memo = commit.parameter(statement, "memo");
    searchAttributes = commit.parameter(statement, "search_attributes");
    resetPoints = commit.parameter(statement, "auto_reset_points");
    completedAt = commit.parameter(statement, "completed_at");
  }

  public void bind(Runs.Cursor cursor, int events, Instant now) throws SQLException {
    commit.bind(cursor.run(), cursor.firstEvent(), events, now);
    expectedVersion.set(cursor.version());
    signalsSeen.set(Long.MAX_VALUE);
    firstEventId.set(cursor.firstEvent());
    eventCount.set((long) events);
    historyBytes.set(events * Sample.EVENT_BYTES);
    state.set("running");
    executionState.set(Sample.state());
    lastProcessed.set(cursor.firstEvent());
    completionEvent.setNull();
    memo.setJson("{}");
    searchAttributes.setJson("{}");
    resetPoints.setJson("{}");
    completedAt.setNull();
  }
}
