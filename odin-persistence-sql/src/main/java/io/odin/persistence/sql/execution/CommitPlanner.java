package io.odin.persistence.sql.execution;

import static io.odin.persistence.sql.run.WorkflowCommitsTable.COMMIT_ID;
import static io.odin.persistence.sql.run.WorkflowCommitsTable.CONTENT_HASH;
import static io.odin.persistence.sql.run.WorkflowCommitsTable.SHARD_ID;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;

import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.history.Histories;
import io.odin.persistence.sql.history.HistoryCommit;
import io.odin.persistence.sql.query.Queries;
import io.odin.persistence.sql.query.QueryCommit;
import io.odin.persistence.sql.run.RunCommit;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.schedule.ScheduleCommit;
import io.odin.persistence.sql.schedule.Schedules;
import io.odin.persistence.sql.shard.ShardFence;
import io.odin.persistence.sql.shard.Shards;
import io.odin.persistence.sql.signal.SignalCommit;
import io.odin.persistence.sql.signal.Signals;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.task.TaskCommit;
import io.odin.persistence.sql.task.Tasks;
import io.odin.persistence.sql.timer.TimerCommit;
import io.odin.persistence.sql.timer.Timers;
import io.odin.persistence.sql.visibility.Visibility;
import io.odin.persistence.sql.visibility.VisibilityCommit;
import io.odin.persistence.value.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts the statements of a transaction in the one order in which every transaction locks: fence,
 * commit id, current runs, rows of runs, history, timers, signals, queries, the completed task, new
 * tasks, visibility and tags, the schedule. Thread-safe.
 */
final class CommitPlanner {

  /** In place of the content's hash, for a transaction that is refused for good. */
  static final Bytes REFUSED = Bytes.copyOf(new byte[32]);

  // A run is closed before another one becomes the current one in its place.
  private static final Comparator<RunChange> BY_WORKFLOW =
      Comparator.comparing((RunChange change) -> change.key().workflowId())
          .thenComparingInt(CommitPlanner::rank);
  private static final Comparator<RunChange> BY_RUN =
      Comparator.comparing((RunChange change) -> change.key().workflowId())
          .thenComparing(change -> change.key().runId());

  private final CommitSql commits;
  private final ShardFence fence;
  private final RunCommit runs;
  private final HistoryCommit histories;
  private final TimerCommit timers;
  private final SignalCommit signals;
  private final QueryCommit queries;
  private final TaskCommit tasks;
  private final VisibilityCommit visibility;
  private final ScheduleCommit schedules;

  CommitPlanner(
      CommitSql commits,
      Shards shards,
      Runs runs,
      Histories histories,
      Timers timers,
      Signals signals,
      Queries queries,
      Tasks tasks,
      Visibility visibility,
      Schedules schedules) {
    this.commits = commits;
    fence = shards.fence();
    this.runs = runs.commit();
    this.histories = histories.commit();
    this.timers = timers.commit();
    this.signals = signals.commit();
    this.queries = queries.commit();
    this.tasks = tasks.commit();
    this.visibility = visibility.commit();
    this.schedules = schedules.commit();
  }

  ExpectedStep fence(CommitRequest request) {
    return fence.step(request.transaction().shard(), request.transaction().namespace());
  }

  /** The plan of a transaction as it was sent. */
  List<ExpectedStep> plan(CommitRequest request) {
    return plan(request, CreateMode.brandNew(), Optional.empty());
  }

  /**
   * The plan of a transaction whose start by policy was decided.
   *
   * @param decided how the run that starts by policy relates to the current run
   * @param termination the open run that is replaced
   */
  List<ExpectedStep> plan(
      CommitRequest request, CreateMode decided, Optional<Termination> termination) {
    WorkflowTransaction transaction = request.transaction();
    int shardId = transaction.shard().shardId();
    List<ExpectedStep> plan = new ArrayList<>();
    plan.add(fence(request));
    plan.add(record(request));
    termination.ifPresent(
        end ->
            plan.add(
                ExpectedStep.unchecked(runs.closeCurrent(end.run(), WorkflowState.TERMINATED))));
    for (RunChange change : sorted(transaction.changes(), BY_WORKFLOW)) {
      CreateMode mode =
          change instanceof CreateRun create && !(create.mode() instanceof CreateMode.ByPolicy)
              ? create.mode()
              : decided;
      plan.addAll(runs.current(change, mode));
    }
    termination.ifPresent(end -> plan.add(terminate(end)));
    List<RunChange> byRun = sorted(transaction.changes(), BY_RUN);
    byRun.forEach(
        change -> plan.add(runs.write(change, shardId, HistoryCommit.bytes(change.history()))));
    termination.ifPresent(
        end -> {
          plan.add(histories.append(end.run(), end.history()));
          plan.add(ExpectedStep.unchecked(timers.deleteAll(end.run())));
        });
    // What is copied may be appended by the same transaction.
    byRun.stream()
        .sorted(Comparator.comparing(CommitPlanner::copies))
        .forEach(change -> addHistoryAndTimers(plan, change, shardId));
    byRun.forEach(change -> plan.addAll(signals.receive(change)));
    byRun.forEach(change -> signals.consume(change).ifPresent(plan::add));
    byRun.forEach(change -> plan.addAll(carried(change, transaction.changes())));
    byRun.forEach(
        change -> queries.answer(change, transaction.queryCompletions()).ifPresent(plan::add));
    transaction.taskCompletion().ifPresent(lease -> plan.addAll(tasks.complete(lease)));
    if (!request.tasks().isEmpty()) {
      plan.addAll(tasks.enqueue(transaction.namespace(), request.tasks()));
    }
    termination.ifPresent(
        end -> end.shown().ifPresent(record -> plan.add(visibility.upsert(record, end.version()))));
    byRun.forEach(change -> plan.addAll(visibility.steps(change)));
    transaction
        .scheduleAdvance()
        .ifPresent(
            lease ->
                plan.addAll(schedules.advance(lease, DueOutcome.started(startedBy(transaction)))));
    return plan;
  }

  private List<ExpectedStep> carried(RunChange change, List<RunChange> all) {
    if (!(change instanceof UpdateRun closing) || closing.signalsCarriedTo().isEmpty()) {
      return List.of();
    }
    return all.stream()
        .filter(CreateRun.class::isInstance)
        .map(CreateRun.class::cast)
        .filter(create -> create.key().equals(closing.signalsCarriedTo().get()))
        .flatMap(next -> signals.carry(closing, next).stream())
        .toList();
  }

  private ExpectedStep terminate(Termination end) {
    return ExpectedStep.unchecked(
        runs.terminate(
            end.run(), end.nextEventId(), end.how().at(), HistoryCommit.bytes(end.history())));
  }

  private static int rank(RunChange change) {
    return switch (change) {
      case UpdateRun update -> update.becomesCurrent().isPresent() ? 1 : 0;
      case CreateRun create -> 2;
    };
  }

  private static RunKey startedBy(WorkflowTransaction transaction) {
    return transaction.changes().stream()
        .filter(CreateRun.class::isInstance)
        .map(RunChange::key)
        .findFirst()
        .orElseThrow();
  }

  private static List<RunChange> sorted(List<RunChange> changes, Comparator<RunChange> order) {
    return changes.size() == 1 ? changes : changes.stream().sorted(order).toList();
  }

  private ExpectedStep record(CommitRequest request) {
    Step insert = record(request.transaction(), request.contentHash());
    return new ExpectedStep(insert, 1, session -> Optional.empty());
  }

  /** Records the commit id as that of a transaction that was refused; its count says whether. */
  Step refusal(CommitRequest request) {
    return record(request.transaction(), REFUSED);
  }

  private Step record(WorkflowTransaction transaction, Bytes hash) {
    return Step.change(
        commits.insert,
        Binds.of(NAMESPACE_ID, transaction.namespace().value())
            .and(COMMIT_ID, transaction.commitId())
            .and(CONTENT_HASH, hash)
            .and(SHARD_ID, transaction.shard().shardId()));
  }

  /** Whether a change has the beginning of its history copied from another run. */
  static boolean copies(RunChange change) {
    return change instanceof CreateRun create && create.copied().isPresent();
  }

  private void addHistoryAndTimers(List<ExpectedStep> plan, RunChange change, int shardId) {
    if (change instanceof CreateRun create) {
      create.copied().ifPresent(base -> plan.addAll(histories.copy(change.key(), base)));
    }
    if (!change.history().isEmpty()) {
      plan.add(histories.append(change.key(), change.history()));
    }
    if (change instanceof UpdateRun update) {
      timers.remove(update).map(ExpectedStep::unchecked).ifPresent(plan::add);
    }
    if (!change.timers().isEmpty()) {
      plan.add(ExpectedStep.unchecked(timers.set(change.key(), change.timers(), shardId)));
    }
  }
}
