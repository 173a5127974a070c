package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineCommit;
import io.odin.persistence.benchmarks.rows.baseline.BaselineNewRun;
import io.odin.persistence.benchmarks.rows.baseline.BaselineTaskIds;
import io.odin.persistence.benchmarks.rows.baseline.BaselineTaskRows;
import io.odin.persistence.benchmarks.rows.data.NewWorkflows;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.sql.SQLException;
import java.time.Instant;

/** Starts workflows: a run, made current, with 2 events and 1 workflow task. */
public final class StartWorkflow implements Row {

  static final int EVENTS = 2;
  static final String CURRENT = "currentRuns.insert";

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

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    BaselineCommit commit =
        new BaselineCommit(
            baseline,
            "shards.fenceInNamespace",
            "commits.insert",
            CURRENT,
            BaselineNewRun.INSERT,
            "history.insert",
            "taskQueues.insertFenced");
    BaselineNewRun created = new BaselineNewRun(commit, CURRENT);
    BaselineTaskRows tasks = commit.tasks();
    BaselineTaskIds ids = new BaselineTaskIds(baseline);
    NewWorkflows workflows = new NewWorkflows(index);
    return () -> {
      RunKey run = workflows.next();
      created.bind(run, EVENTS, Instant.now());
      tasks.bind(Sample.WORKFLOWS, 1, run, ids);
      commit.send();
      return 1;
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    NewWorkflows workflows = new NewWorkflows(index);
    return () -> {
      persistence.executions().commit(transaction(create(workflows.next()).build()));
      return 1;
    };
  }

  /** A new run with its events. */
  static CreateRun.Builder create(RunKey run) {
    Instant now = Instant.now();
    return CreateRun.builder(
            run,
            CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.fail()),
            NewWorkflows.definition(run, now).build(),
            RunState.running(Bytes.copyOf(Sample.state())))
        .history(Sample.events(1, EVENTS, now));
  }

  /** The commit that creates a run, and enqueues its workflow task. */
  static WorkflowTransaction transaction(CreateRun create) {
    RunKey run = create.key();
    return WorkflowTransaction.builder(Runs.lease(run.workflowId()))
        .change(create)
        .enqueue(NewTask.of(Sample.WORKFLOWS, run, Json.of(Sample.TASK_DATA)))
        .build();
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
