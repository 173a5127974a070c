package io.odin.persistence.sql.execution;

import static io.odin.persistence.sql.run.WorkflowCommitsTable.COMMIT_ID;
import static io.odin.persistence.sql.statement.Columns.AGE;
import static io.odin.persistence.sql.statement.Columns.LIMIT;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;

import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.RunFilter;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.PageReading;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.retention.RunDeletion;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.shard.Shards;
import io.odin.persistence.sql.signal.Signals;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.timer.Timers;
import io.odin.persistence.sql.write.AppliedWrites;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Runs in SQL. Thread-safe. */
final class SqlExecutionStore implements ExecutionStore {

  private final Database database;
  private final CommitSql commits;
  private final AppliedWrites writes;
  private final SqlCommit commit;
  private final RunImporter importer;
  private final Shards shards;
  private final Runs runs;
  private final Timers timers;
  private final Signals signals;
  private final RunDeletion deletion;

  SqlExecutionStore(
      Database database,
      CommitSql commits,
      AppliedWrites writes,
      SqlCommit commit,
      RunImporter importer,
      Shards shards,
      Runs runs,
      Timers timers,
      Signals signals,
      RunDeletion deletion) {
    this.database = database;
    this.commits = commits;
    this.writes = writes;
    this.commit = commit;
    this.importer = importer;
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
    return database.transaction("executions.find", session -> snapshot(session, run));
  }

  private Optional<RunSnapshot> snapshot(Session session, RunKey run) throws SQLException {
    PageReading<WorkflowTimer> firstTimers = timers.ofRun(session, run);
    PageReading<WorkflowSignal> firstSignals = signals.pending(session, run);
    PageReading<RunSummary> firstChildren =
        runs.children(session, run, PageRequest.first(PageRequest.MAXIMUM_LIMIT));
    List<Step.Result> results =
        session.snapshot(
            List.of(runs.find(run), firstTimers.step(), firstSignals.step(), firstChildren.step()));
    Optional<WorkflowExecution> found =
        results.getFirst().rows(WorkflowExecution.class).stream().findFirst();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Page<WorkflowTimer> allTimers = firstTimers.complete(session::run);
    Page<WorkflowSignal> pending = firstSignals.complete(session::run);
    return Optional.of(
        new RunSnapshot(
            found.get(),
            allTimers.items(),
            allTimers.next(),
            pending.items(),
            firstChildren.complete(session::run).items(),
            pending.next().isPresent()
                ? pending.items().getLast().sequence()
                : found.get().signalsReceived()));
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
  public void importRun(ShardLease shard, CreateRun run) {
    importer.importRun(Require.nonNull("shard", shard), Require.nonNull("run", run));
  }

  @Override
  public void delete(RunKey run, ShardLease shard) {
    Require.nonNull("run", run);
    shards.fence().requireShardOf(run, Require.nonNull("shard", shard));
    try {
      database.transaction(
          "executions.delete", session -> deletion.deleteAtOnce(session, run, shard));
    } catch (ShardOwnershipLostException e) {
      if (!database.transaction("executions.delete", session -> deletion.isDone(session, run))) {
        throw e;
      }
    }
  }

  @Override
  public int trimCommits(Duration age, int limit) {
    Binds old =
        Binds.of(AGE, Require.nonNegative("age", age))
            .and(LIMIT, (int) Require.between("limit", limit, 1, 1000));
    return database.transaction(
        "executions.trimCommits",
        session -> {
          List<Binds> found =
              session.query(
                  commits.old,
                  old,
                  row ->
                      Binds.of(NAMESPACE_ID, row.get(NAMESPACE_ID))
                          .and(COMMIT_ID, row.get(COMMIT_ID)));
          return Math.max(
              Arrays.stream(session.batch(commits.delete, found)).sum(), writes.trim(session, old));
        });
  }
}
