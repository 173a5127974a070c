package io.odin.persistence.execution;

import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.TimeOrderedId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All writes of one step of the engine, as data: applied as a whole or not at all. Immutable; it
 * can be sent again unchanged, and is applied once. Its parts are limited by their size together,
 * {@link io.odin.persistence.Limits#requestBytes()}, not by their number.
 */
public final class WorkflowTransaction {

  private final ShardLease shard;
  private final UUID commitId;
  private final List<RunChange> changes;
  private final List<NewTask> tasks;
  private final List<QueryCompletion> queryCompletions;
  private final @Nullable TaskLease taskCompletion;
  private final @Nullable ScheduleLease scheduleAdvance;

  private WorkflowTransaction(Builder builder) {
    shard = Require.nonNull("shard", builder.shard);
    commitId = Require.nonNull("commitId", builder.commitId);
    changes = List.copyOf(builder.changes);
    Require.that(
        changes.size() == 1 || changes.size() == 2,
        "changes",
        () -> "are " + changes.size() + ": a transaction changes one run or two");
    NamespaceId namespace = changes.getFirst().key().namespace();
    if (changes.size() == 2) {
      requirePair(changes.getFirst(), changes.getLast());
    }
    changes.forEach(this::requireNextRun);
    changes.forEach(this::requireBase);
    tasks = List.copyOf(builder.tasks);
    for (NewTask task : tasks) {
      Require.that(
          task.queue().namespace().equals(namespace),
          "tasks",
          "go to another namespace: a transaction stays within one");
    }
    queryCompletions = List.copyOf(builder.queryCompletions);
    Set<QueryKey> answered = new HashSet<>();
    for (QueryCompletion answer : queryCompletions) {
      Require.that(
          changes.stream().anyMatch(change -> change.key().equals(answer.query().run())),
          "queryCompletions",
          "answer a query to a run that is not changed here: complete it by itself");
      Require.that(
          answered.add(answer.query()), "queryCompletions", "answer a query twice: answer it once");
    }
    taskCompletion = builder.taskCompletion;
    Require.that(
        taskCompletion == null || taskCompletion.task().queue().namespace().equals(namespace),
        "taskCompletion",
        "is of another namespace: a transaction stays within one");
    scheduleAdvance = builder.scheduleAdvance;
    Require.that(
        scheduleAdvance == null || scheduleAdvance.schedule().namespace().equals(namespace),
        "scheduleAdvance",
        "is of another namespace: a transaction stays within one");
    Require.that(
        scheduleAdvance == null
            || changes.stream().filter(CreateRun.class::isInstance).count() == 1,
        "scheduleAdvance",
        "needs a transaction that starts one run: record any other outcome of a due time with"
            + " schedules().advance");
  }

  private static void requirePair(RunChange first, RunChange second) {
    Require.that(
        first.key().namespace().equals(second.key().namespace()),
        "changes",
        "are in two namespaces: a transaction stays within one");
    Require.that(
        !first.key().equals(second.key()),
        "changes",
        "name the same run twice: put all of it into one change");
    Require.that(
        !(startsByPolicy(first) && startsByPolicy(second)),
        "changes",
        "start two runs by policy: send two transactions");
  }

  private static boolean startsByPolicy(RunChange change) {
    return change instanceof CreateRun run && run.mode() instanceof CreateMode.ByPolicy;
  }

  private void requireNextRun(RunChange change) {
    if (change instanceof UpdateRun update && update.signalsCarriedTo().isPresent()) {
      RunKey next = update.signalsCarriedTo().get();
      Require.that(
          next.workflow().equals(update.key().workflow())
              && changes.stream()
                  .anyMatch(other -> other instanceof CreateRun && other.key().equals(next)),
          "signalsCarriedTo",
          "is no run of the workflow that the transaction creates: add the change that creates it");
    }
  }

  private void requireBase(RunChange change) {
    if (change instanceof CreateRun create) {
      Require.that(
          create.copied().isEmpty()
              || changes.stream()
                  .noneMatch(
                      other ->
                          other instanceof CreateRun
                              && other.key().workflow().equals(create.key().workflow())
                              && other.key().runId().equals(create.copied().get().runId())),
          "base",
          "is created by the same transaction: create it before");
    }
  }

  /**
   * The lease under which to write; its shard is the one of every workflow id in the transaction.
   */
  public ShardLease shard() {
    return shard;
  }

  /** The id under which the transaction is applied once. */
  public UUID commitId() {
    return commitId;
  }

  /** The namespace of all parts. */
  public NamespaceId namespace() {
    return changes.getFirst().key().namespace();
  }

  /** One or two changes, of different runs. */
  public List<RunChange> changes() {
    return changes;
  }

  /** The tasks to enqueue; may be empty. */
  public List<NewTask> tasks() {
    return tasks;
  }

  /**
   * The queries that are answered, all put to runs that are changed; an answer belongs to the
   * version of its run after the change.
   */
  public List<QueryCompletion> queryCompletions() {
    return queryCompletions;
  }

  /** The task that this transaction completes; it is removed if its lease is still valid. */
  public Optional<TaskLease> taskCompletion() {
    return Optional.ofNullable(taskCompletion);
  }

  /**
   * The due time that the new run is started for; it is recorded with that run, and the schedule
   * advances, if its lease is still valid.
   */
  public Optional<ScheduleLease> scheduleAdvance() {
    return Optional.ofNullable(scheduleAdvance);
  }

  /**
   * A hash of all writes of the transaction, without the commit id and the fencing token. A backend
   * distinguishes by it the same transaction sent again from another one with the same commit id.
   *
   * @return 32 bytes
   */
  public Bytes contentHash() {
    return ContentHash.of(this);
  }

  /** A builder with a new, time-ordered commit id. */
  public static Builder builder(ShardLease shard) {
    return new Builder(shard);
  }

  /** Collects a transaction. Not thread-safe. */
  public static final class Builder {
    private final ShardLease shard;
    private UUID commitId = TimeOrderedId.next();
    private final List<RunChange> changes = new ArrayList<>();
    private final List<NewTask> tasks = new ArrayList<>();
    private final List<QueryCompletion> queryCompletions = new ArrayList<>();
    private @Nullable TaskLease taskCompletion;
    private @Nullable ScheduleLease scheduleAdvance;

    private Builder(ShardLease shard) {
      this.shard = shard;
    }

    /** Sets the id under which the transaction is applied once. */
    public Builder commitId(UUID value) {
      commitId = value;
      return this;
    }

    /** Adds a change. A transaction has one, or two for continue-as-new and similar steps. */
    public Builder change(RunChange change) {
      changes.add(Require.nonNull("changes", change));
      return this;
    }

    /** Adds a task to enqueue. */
    public Builder enqueue(NewTask task) {
      tasks.add(Require.nonNull("tasks", task));
      return this;
    }

    /** Answers a query to a run that the transaction changes. */
    public Builder queryCompletion(QueryCompletion completion) {
      queryCompletions.add(Require.nonNull("queryCompletions", completion));
      return this;
    }

    /** Sets the task that the transaction completes. */
    public Builder completes(TaskLease lease) {
      taskCompletion = Require.nonNull("taskCompletion", lease);
      return this;
    }

    /** Sets the due time that the new run is started for. */
    public Builder advances(ScheduleLease lease) {
      scheduleAdvance = Require.nonNull("scheduleAdvance", lease);
      return this;
    }

    /**
     * The transaction.
     *
     * @throws io.odin.persistence.error.InvalidRequestException naming the part that is missing or
     *     does not fit
     */
    public WorkflowTransaction build() {
      return new WorkflowTransaction(this);
    }
  }
}
