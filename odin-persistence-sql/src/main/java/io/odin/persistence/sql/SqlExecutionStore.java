package io.odin.persistence.sql;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.RunFilter;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunSummary;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowKey;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.internal.Require;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.timer.WorkflowTimer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Runs in SQL. Thread-safe. */
final class SqlExecutionStore implements ExecutionStore {

  private final Database database;
  private final ExecutionSql runs;
  private final CurrentRunSql currentRuns;
  private final CommitSql commits;
  private final TimerCommit timers;
  private final SignalSql signals;
  private final RunDeletion deletion;
  private final SqlCommit commit;
  private final ShardFence fence;
  private final int shardCount;

  SqlExecutionStore(
      Database database,
      ExecutionSql runs,
      CurrentRunSql currentRuns,
      CommitSql commits,
      TimerCommit timers,
      SignalSql signals,
      RunDeletion deletion,
      SqlCommit commit,
      ShardFence fence,
      int shardCount) {
    this.database = database;
    this.runs = runs;
    this.currentRuns = currentRuns;
    this.commits = commits;
    this.timers = timers;
    this.signals = signals;
    this.deletion = deletion;
    this.commit = commit;
    this.fence = fence;
    this.shardCount = shardCount;
  }

  @Override
  public CommitResult commit(WorkflowTransaction transaction) {
    return commit.commit(Require.nonNull("transaction", transaction));
  }

  @Override
  public Optional<RunSnapshot> find(RunKey run) {
    Binds key = RunRows.run(Require.nonNull("run", run));
    List<Step> reads =
        List.of(
            database.dialect().beginSnapshot(),
            Step.query(runs.find, key, ExecutionRows::execution),
            timers.read(run),
            signals.pending.begin(
                RunRows.run(run), PageRequest.MAXIMUM_LIMIT + 1, row -> SignalSql.signal(row, run)),
            runs.listChildren.begin(
                parent(run), PageRequest.MAXIMUM_LIMIT, ExecutionRows::summary));
    return database.snapshot(
        "executions.find",
        session -> {
          List<Step.Result> results = session.run(reads);
          return results.get(1).rows(WorkflowExecution.class).stream()
              .findFirst()
              .map(execution -> snapshot(execution, results));
        });
  }

  private static RunSnapshot snapshot(WorkflowExecution execution, List<Step.Result> results) {
    List<WorkflowSignal> pending = results.get(3).rows(WorkflowSignal.class);
    long seen = execution.signalsReceived();
    if (pending.size() > PageRequest.MAXIMUM_LIMIT) {
      pending = pending.subList(0, PageRequest.MAXIMUM_LIMIT);
      seen = pending.getLast().sequence();
    }
    return new RunSnapshot(
        execution,
        results.get(2).rows(WorkflowTimer.class),
        pending,
        results.get(4).rows(RunSummary.class),
        seen);
  }

  @Override
  public Optional<RunSummary> findCurrent(WorkflowKey workflow) {
    Binds key = RunRows.workflow(Require.nonNull("workflow", workflow));
    return database.read(
        "executions.findCurrent",
        session -> session.first(currentRuns.find, key, ExecutionRows::summary));
  }

  @Override
  public Page<RunSummary> listByShard(int shardId, RunFilter filter, PageRequest page) {
    Require.between("shardId", shardId, 0, shardCount - 1L);
    Listing listing =
        switch (Require.nonNull("filter", filter)) {
          case OPEN -> runs.listOpenByShard;
          case ALL -> runs.listByShard;
        };
    return list(
        "executions.listByShard",
        listing,
        Binds.of("shard_id", shardId),
        page,
        Integer.toString(shardId));
  }

  @Override
  public Page<RunSummary> listRuns(WorkflowKey workflow, PageRequest page) {
    Require.nonNull("workflow", workflow);
    return list(
        "executions.listRuns",
        runs.listRuns,
        RunRows.workflow(workflow),
        page,
        workflow.toString());
  }

  @Override
  public Page<RunSummary> listChildren(RunKey run, PageRequest page) {
    Require.nonNull("parent", run);
    return list("executions.listChildren", runs.listChildren, parent(run), page, run.toString());
  }

  private Page<RunSummary> list(
      String operation, Listing listing, Binds binds, PageRequest page, String scope) {
    Require.nonNull("page", page);
    return database.read(
        operation, session -> listing.page(session, binds, page, scope, ExecutionRows::summary));
  }

  private static Binds parent(RunKey run) {
    return Binds.of("namespace_id", run.namespace().value())
        .and("parent_workflow_id", run.workflowId())
        .and("parent_run_id", run.runId());
  }

  @Override
  public void delete(RunKey run, ShardLease shard) {
    Require.nonNull("run", run);
    fence.requireShardOf(run, Require.nonNull("shard", shard));
    database.transaction(
        "executions.delete", session -> deletion.deleteAtOnce(session, run, shard));
  }

  @Override
  public int trimCommits(Duration age, int limit) {
    Binds old =
        Binds.of("age_microseconds", Require.nonNegative("age", age))
            .and("limit", (int) Require.between("limit", limit, 1, 1000));
    return database.transaction(
        "executions.trimCommits",
        session -> {
          List<Binds> found =
              session.query(
                  commits.old,
                  old,
                  row ->
                      Binds.of("namespace_id", row.uuid("namespace_id"))
                          .and("commit_id", row.uuid("commit_id")));
          return Arrays.stream(session.batch(commits.delete, found)).sum();
        });
  }
}
