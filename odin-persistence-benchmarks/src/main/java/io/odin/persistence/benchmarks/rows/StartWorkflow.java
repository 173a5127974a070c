package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineCommit;
import io.odin.persistence.benchmarks.rows.baseline.BaselineTaskIds;
import io.odin.persistence.benchmarks.rows.baseline.BaselineTaskRows;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Starts workflows: a run, made current, with 2 events and 1 workflow task. */
public final class StartWorkflow implements Row {

  private static final int EVENTS = 2;
  private static final String TYPE = "order";
  private static final Duration RUN_TIMEOUT = Duration.ofHours(1);
  private static final Duration TASK_TIMEOUT = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String unit() {
    return "commits";
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    Runs.ownShards(database);
  }

  /** A workflow that has not been started. */
  private static final class Ids {
    private final int worker;
    private long count;

    Ids(int worker) {
      this.worker = worker;
    }

    RunKey next() {
      return RunKey.create(Sample.NAMESPACE, "order-" + worker + "-" + count++);
    }
  }

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    Start start = new Start(baseline);
    Ids ids = new Ids(index);
    return () -> {
      start.start(ids.next());
      return 1;
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    Ids ids = new Ids(index);
    return () -> {
      persistence.executions().commit(transaction(ids.next()));
      return 1;
    };
  }

  private static WorkflowTransaction transaction(RunKey run) {
    Instant now = Instant.now();
    RunDefinition definition =
        RunDefinition.builder(TYPE, Sample.WORKFLOWS.name(), now)
            .runTimeout(RUN_TIMEOUT)
            .taskTimeout(TASK_TIMEOUT)
            .startRequestId(run.runId().toString())
            .build();
    return WorkflowTransaction.builder(Runs.lease(run.workflowId()))
        .change(
            CreateRun.builder(
                    run,
                    CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.fail()),
                    definition,
                    RunState.running(Bytes.copyOf(Sample.state())))
                .history(Sample.events(1, EVENTS, now))
                .build())
        .enqueue(NewTask.of(Sample.WORKFLOWS, run, Json.of(Sample.TASK_DATA)))
        .build();
  }

  private static final class Start {
    private static final List<String> UNUSED =
        List.of(
            "workflow_timeout_seconds",
            "retry_policy",
            "cron_schedule",
            "parent_workflow_id",
            "parent_run_id",
            "initiated_id",
            "base_run_id",
            "base_event_id",
            "completion_event_id",
            "completed_at");

    private final BaselineCommit commit;
    private final BaselineTaskRows tasks;
    private final BaselineTaskIds ids;
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
    private final List<Parameter> nulls;

    Start(Baseline baseline) throws SQLException {
      commit =
          new BaselineCommit(
              baseline,
              "shards.fenceInNamespace",
              "commits.insert",
              "currentRuns.insert",
              "executions.insert",
              "history.insert",
              "taskQueues.insertFenced");
      tasks = commit.tasks();
      ids = new BaselineTaskIds(baseline);
      currentState = commit.parameter("currentRuns.insert", "workflow_state");
      currentRequestId = commit.parameter("currentRuns.insert", "start_request_id");
      currentStartedAt = commit.parameter("currentRuns.insert", "started_at");
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
      nulls = UNUSED.stream().map(this::ofRun).toList();
    }

    private Parameter ofRun(String column) {
      return commit.parameter("executions.insert", column);
    }

    void start(RunKey run) throws SQLException {
      Instant now = Instant.now();
      commit.bind(run, 1, EVENTS, now);
      currentState.set("running");
      currentRequestId.set(run.runId().toString());
      currentStartedAt.set(now);
      type.set(TYPE);
      queue.set(Sample.WORKFLOWS.name());
      state.set("running");
      executionState.set(Sample.state());
      nextEventId.set(EVENTS + 1L);
      lastProcessed.set(0L);
      runTimeout.set(RUN_TIMEOUT.toSeconds());
      taskTimeout.set(TASK_TIMEOUT.toSeconds());
      memo.setJson("{}");
      searchAttributes.setJson("{}");
      resetPoints.setJson("{}");
      startedAt.set(now);
      requestId.set(run.runId().toString());
      historySize.set(EVENTS * Sample.EVENT_BYTES);
      signals.set(0L);
      for (Parameter unused : nulls) {
        unused.setNull();
      }
      tasks.bind(Sample.WORKFLOWS, 1, run, ids);
      commit.send();
    }
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    database.expect(done, "SELECT count(*) FROM workflow_executions");
    database.expect(done, "SELECT count(*) FROM workflow_current_runs");
    database.expect(EVENTS * done, "SELECT count(*) FROM history_events");
    database.expect(done, "SELECT count(*) FROM task_queues");
    database.expect(done, "SELECT count(*) FROM workflow_commits");
  }
}
