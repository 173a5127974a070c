package io.odin.persistence.sql.execution;

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
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.retention.RunDeletion;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.shard.Shards;
import io.odin.persistence.sql.signal.Signals;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.timer.Timers;
import io.odin.persistence.timer.WorkflowTimer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Runs in SQL. Thread-safe. */
final class SqlExecutionStore implements ExecutionStore {

  private final Database database;
  private final CommitSql commits;
  private final SqlCommit commit;
  private final Shards shards;
  private final Runs runs;
  private final Timers timers;
  private final Signals signals;
  private final RunDeletion deletion;

  SqlExecutionStore(
      Database database,
      CommitSql commits,
      SqlCommit commit,
      Shards shards,
      Runs runs,
      Timers timers,
      Signals signals,
      RunDeletion deletion) {
    this.database = database;
    this.commits = commits;
    this.commit = commit;
    this.shards = shards;
    this.runs = runs;
    this.timers = timers;
    this.signals = signals;
    this.deletion = deletion;
  }

  @Override
  public CommitResult commit(WorkflowTransaction transaction) {
    return commit.commit(Require.nonNull("transaction", transaction));
  }

  @Override
  public Optional<RunSnapshot> find(RunKey run) {
    Require.nonNull("run", run);
    List<Step> reads =
        List.of(
            database.dialect().beginSnapshot(),
            runs.find(run),
            timers.ofRun(run),
            signals.firstPending(run, PageRequest.MAXIMUM_LIMIT + 1),
            runs.firstChildren(run, PageRequest.MAXIMUM_LIMIT));
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
    Require.nonNull("workflow", workflow);
    return database.read("executions.findCurrent", session -> runs.findCurrent(session, workflow));
  }

  @Override
  public Page<RunSummary> listByShard(int shardId, RunFilter filter, PageRequest page) {
    shards.requireShard(shardId);
    Require.nonNull("filter", filter);
    Require.nonNull("page", page);
    return database.read(
        "executions.listByShard", session -> runs.listByShard(session, shardId, filter, page));
  }

  @Override
  public Page<RunSummary> listRuns(WorkflowKey workflow, PageRequest page) {
    Require.nonNull("workflow", workflow);
    Require.nonNull("page", page);
    return database.read(
        "executions.listRuns", session -> runs.listOfWorkflow(session, workflow, page));
  }

  @Override
  public Page<RunSummary> listChildren(RunKey parent, PageRequest page) {
    Require.nonNull("parent", parent);
    Require.nonNull("page", page);
    return database.read(
        "executions.listChildren", session -> runs.listChildren(session, parent, page));
  }

  @Override
  public void delete(RunKey run, ShardLease shard) {
    Require.nonNull("run", run);
    shards.fence().requireShardOf(run, Require.nonNull("shard", shard));
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
