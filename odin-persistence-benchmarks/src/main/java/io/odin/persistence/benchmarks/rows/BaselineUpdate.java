package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.baseline.Parameter;
import java.sql.SQLException;
import java.time.Instant;

/** The update of an open run within a commit on plain JDBC. */
final class BaselineUpdate {

  private static final String UPDATE = "executions.updateWithHistory";

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

  BaselineUpdate(BaselineCommit commit) {
    this.commit = commit;
    expectedVersion = commit.parameter(UPDATE, "expected_version");
    signalsSeen = commit.parameter(UPDATE, "signals_seen");
    firstEventId = commit.parameter(UPDATE, "first_event_id");
    eventCount = commit.parameter(UPDATE, "event_count");
    historyBytes = commit.parameter(UPDATE, "history_bytes");
    state = commit.parameter(UPDATE, "workflow_state");
    executionState = commit.parameter(UPDATE, "execution_state");
    lastProcessed = commit.parameter(UPDATE, "last_processed_event_id");
    completionEvent = commit.parameter(UPDATE, "completion_event_id");
    memo = commit.parameter(UPDATE, "memo");
    searchAttributes = commit.parameter(UPDATE, "search_attributes");
    resetPoints = commit.parameter(UPDATE, "auto_reset_points");
    completedAt = commit.parameter(UPDATE, "completed_at");
  }

  void bind(Runs.Cursor cursor, int events, Instant now) throws SQLException {
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
