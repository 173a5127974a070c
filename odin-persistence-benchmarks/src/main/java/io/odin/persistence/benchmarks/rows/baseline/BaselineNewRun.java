package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.rows.data.NewWorkflows;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.RunKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** A new open run, which becomes the current one, within a commit on plain JDBC. */
public final class BaselineNewRun {

  /** The statement that inserts the run. */
  public static final String INSERT = "executions.insert";

  private static final List<String> UNUSED =
      List.of(
          "workflow_timeout_seconds",
          "retry_policy",
          "cron_schedule",
          "parent_workflow_id",
          "parent_run_id",
          "initiated_id",
          "completion_event_id",
          "completed_at");

  private final BaselineCommit commit;
  private final Parameter currentState;
  private final Parameter currentRequestId;
  private final Parameter currentStartedAt;
  private final Parameter type;
  private final Parameter queue;
  private final Parameter state;
  private final Parameter executionState;
  private final Parameter nextEventId;
  private final Parameter lastProcessed;
  private final Parameter runTimeout;
  private final Parameter taskTimeout;
  private final Parameter memo;
  private final Parameter searchAttributes;
  private final Parameter resetPoints;
  private final Parameter startedAt;
  private final Parameter requestId;
  private final Parameter historySize;
  private final Parameter signals;
  private final Parameter baseRunId;
  private final Parameter baseEventId;
  private final List<Parameter> nulls;

  /**
   * The new run of a commit.
   *
   * @param current the statement that makes it the current one
   */
  public BaselineNewRun(BaselineCommit commit, String current) {
    this.commit = commit;
    currentState = commit.parameter(current, "workflow_state");
    currentRequestId = commit.parameter(current, "start_request_id");
    currentStartedAt = commit.parameter(current, "started_at");
    type = ofRun("workflow_type");
    queue = ofRun("task_queue");
    state = ofRun("workflow_state");
    executionState = ofRun("execution_state");
    nextEventId = ofRun("next_event_id");
    lastProcessed = ofRun("last_processed_event_id");
    runTimeout = ofRun("run_timeout_seconds");
    taskTimeout = ofRun("task_timeout_seconds");
    memo = ofRun("memo");
    searchAttributes = ofRun("search_attributes");
    resetPoints = ofRun("auto_reset_points");
    startedAt = ofRun("started_at");
    requestId = ofRun("start_request_id");
    historySize = ofRun("history_size_bytes");
    signals = ofRun("signal_sequence");
    baseRunId = ofRun("base_run_id");
    baseEventId = ofRun("base_event_id");
    nulls = UNUSED.stream().map(this::ofRun).toList();
  }

  private Parameter ofRun(String column) {
    return commit.parameter(INSERT, column);
  }

  /** Binds a run that has neither signals nor a base, with its first events. */
  public void bind(RunKey run, int events, Instant now) throws SQLException {
    bind(run, 1, events, now);
    baseRunId.setNull();
    baseEventId.setNull();
  }

  /** Binds a run with the events that follow those of its base. */
  public void bind(RunKey run, BaseRun base, int events, Instant now) throws SQLException {
    bind(run, base.lastEventId() + 1, events, now);
    baseRunId.set(base.runId());
    baseEventId.set(base.lastEventId());
  }

  private void bind(RunKey run, long firstEvent, int events, Instant now) throws SQLException {
    commit.bind(run, firstEvent, events, now);
    currentState.set("running");
    currentRequestId.set(run.runId().toString());
    currentStartedAt.set(now);
    type.set(NewWorkflows.TYPE);
    queue.set(Sample.WORKFLOWS.name());
    state.set("running");
    executionState.set(Sample.state());
    nextEventId.set(firstEvent + events);
    lastProcessed.set(0L);
    runTimeout.set(NewWorkflows.RUN_TIMEOUT.toSeconds());
    taskTimeout.set(NewWorkflows.TASK_TIMEOUT.toSeconds());
    memo.setJson("{}");
    searchAttributes.setJson("{}");
    resetPoints.setJson("{}");
    startedAt.set(now);
    requestId.set(run.runId().toString());
    historySize.set(events * Sample.EVENT_BYTES);
    signals.set(0L);
    for (Parameter unused : nulls) {
      unused.setNull();
    }
  }

  /** Sets the number of signals with which the run begins. */
  public void signals(long count) throws SQLException {
    signals.set(count);
  }
}
