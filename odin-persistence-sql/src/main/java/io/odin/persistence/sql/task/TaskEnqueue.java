package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;
import static io.odin.persistence.sql.task.TaskQueuesTable.CONTENT_HASH;
import static io.odin.persistence.sql.task.TaskQueuesTable.EXPIRY_AT;
import static io.odin.persistence.sql.task.TaskQueuesTable.PARTITION_HASH;
import static io.odin.persistence.sql.task.TaskQueuesTable.PRIORITY;
import static io.odin.persistence.sql.task.TaskQueuesTable.SCHEDULED_AT;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_ID;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_PAYLOAD;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_NAME;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_TYPE;

import io.odin.persistence.Limits;
import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.spi.Payloads;
import io.odin.persistence.spi.RequestSize;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Bytes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts tasks into their queues, for the task store and for commits alike. Thread-safe. */
final class TaskEnqueue {

  private final TaskIds ids;
  private final Payloads payloads;
  private final TaskSql sql;

  TaskEnqueue(TaskIds ids, TaskSql sql, Limits limits) {
    this.ids = ids;
    payloads = new Payloads(limits);
    this.sql = sql;
  }

  /** Refuses a batch of tasks that is too large. */
  void check(List<NewTask> tasks) {
    tasks.forEach(task -> payloads.check("taskData", task.data()));
    payloads.checkRequest("tasks", RequestSize.of(tasks));
  }

  /** Gives an id to each task that has none. */
  List<NumberedTask> number(List<NewTask> tasks) {
    Iterator<Long> made = ids.next(withoutId(tasks)).iterator();
    List<NumberedTask> numbered = new ArrayList<>(tasks.size());
    for (NewTask task : tasks) {
      long id = task.taskId().isPresent() ? task.taskId().getAsLong() : made.next();
      numbered.add(new NumberedTask(new TaskKey(task.queue(), id), task));
    }
    return numbered;
  }

  // For every commit: without streams.
  private static int withoutId(List<NewTask> tasks) {
    int count = 0;
    for (NewTask task : tasks) {
      count += task.taskId().isEmpty() ? 1 : 0;
    }
    return count;
  }

  /** Whether a task may be there already, or have ended: one under an id of the caller. */
  static boolean mayBeRepeated(List<NumberedTask> tasks) {
    for (NumberedTask numbered : tasks) {
      if (numbered.key().taskId() >= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Inserts the tasks that are not there yet, if the namespace is live; its count says how many
   * were inserted.
   */
  Step insert(NamespaceId namespace, List<NumberedTask> tasks) {
    return insert(namespace, tasks, sql.insert, sql.insertNamed);
  }

  /** As {@link #insert}, in a transaction whose fence has found the namespace live. */
  Step insertFenced(NamespaceId namespace, List<NumberedTask> tasks) {
    return insert(namespace, tasks, sql.insertFenced, sql.insertNamedFenced);
  }

  private static Step insert(
      NamespaceId namespace, List<NumberedTask> tasks, Sql numbered, Sql named) {
    Binds shared = Binds.of(NAMESPACE_ID, namespace.value());
    return mayBeRepeated(tasks)
        ? Step.change(named, TaskSql.NAMED_TASKS.bind(shared, rows(tasks, TaskEnqueue::namedRow)))
        : Step.change(numbered, TaskSql.NEW_TASKS.bind(shared, rows(tasks, TaskEnqueue::row)));
  }

  private static List<Binds> rows(List<NumberedTask> tasks, Function<NumberedTask, Binds> row) {
    List<NumberedTask> sorted = tasks;
    if (tasks.size() > 1) {
      sorted = new ArrayList<>(tasks);
      sorted.sort(Comparator.comparing(NumberedTask::key, TaskMapper.LOCK_ORDER));
    }
    List<Binds> rows = new ArrayList<>(sorted.size());
    for (NumberedTask numbered : sorted) {
      rows.add(row.apply(numbered));
    }
    return rows;
  }

  /**
   * Finds the tasks that have ended; its count says how many. Only after the insert, and in its
   * transaction: the insert waits for a completion of the same task that is under way, and this
   * statement sees what that one has recorded.
   */
  Step findEnded(NamespaceId namespace, List<NumberedTask> tasks) {
    return Step.query(
        sql.ended,
        TaskSql.ENDED_TASKS.bind(
            Binds.of(NAMESPACE_ID, namespace.value()),
            tasks.stream()
                .map(NumberedTask::key)
                .filter(key -> key.taskId() >= 0)
                .map(TaskMapper::task)
                .toList()),
        row -> ended(row, namespace));
  }

  /**
   * A task that has ended.
   *
   * @param key the id of the caller
   * @param contentHash of the task; empty if it was inserted with SQL
   */
  private record Ended(TaskKey key, Optional<Bytes> contentHash) {}

  private static Ended ended(Row row, NamespaceId namespace) throws SQLException {
    return new Ended(
        new TaskKey(
            new TaskQueue(
                namespace, row.get(TASK_QUEUE_NAME), TaskType.of(row.get(TASK_QUEUE_TYPE))),
            row.get(TASK_ID)),
        row.optional(CONTENT_HASH));
  }

  /**
   * Takes back what was inserted of tasks that have ended.
   *
   * @return the first task that is another than the one that has ended under its id; empty if all
   *     are the same
   */
  Optional<AlreadyExistsException> removeEnded(
      Session session, NamespaceId namespace, List<NumberedTask> tasks) throws SQLException {
    Map<TaskKey, NewTask> sent =
        tasks.stream()
            .collect(
                Collectors.toMap(NumberedTask::key, NumberedTask::task, (first, second) -> first));
    List<Binds> inserted = new ArrayList<>();
    for (Ended ended : session.run(findEnded(namespace, tasks)).rows(Ended.class)) {
      Bytes hash = TaskContent.hash(Objects.requireNonNull(sent.get(ended.key())));
      if (!ended.contentHash().equals(Optional.of(hash))) {
        return Optional.of(new AlreadyExistsException("task", ended.key().toString(), ended.key()));
      }
      inserted.add(TaskMapper.task(ended.key()).and(CONTENT_HASH, hash));
    }
    session.batch(sql.deleteEnded, inserted);
    return Optional.empty();
  }

  private static Binds namedRow(NumberedTask numbered) {
    return numbered.key().taskId() >= 0
        ? row(numbered).and(CONTENT_HASH, TaskContent.hash(numbered.task()))
        : row(numbered).andNull(CONTENT_HASH);
  }

  private static Binds row(NumberedTask numbered) {
    NewTask task = numbered.task();
    return Binds.of(TASK_QUEUE_NAME, task.queue().name())
        .and(TASK_QUEUE_TYPE, task.queue().type().value())
        .and(TASK_ID, numbered.key().taskId())
        .and(WORKFLOW_ID, task.run().workflowId())
        .and(RUN_ID, task.run().runId())
        .andFromNow(SCHEDULED_AT, task.delay())
        .andFromNow(EXPIRY_AT, task.expiresAfter())
        .and(TASK_PAYLOAD, task.data())
        .and(PARTITION_HASH, ShardHash.partitionHashOf(task.run().workflowId()))
        .and(PRIORITY, task.priority());
  }

  /**
   * Compares tasks that could not all be inserted with those that are stored.
   *
   * @return the first stored task that is another than the one under the same id; empty if all are
   *     the same
   */
  Optional<AlreadyExistsException> conflict(Session session, List<NumberedTask> tasks)
      throws SQLException {
    for (NumberedTask numbered : tasks) {
      List<Boolean> same =
          session.query(
              sql.find, TaskMapper.task(numbered.key()), row -> isSame(row, numbered.task()));
      if (same.contains(false)) {
        return Optional.of(
            new AlreadyExistsException("task", numbered.key().toString(), numbered.key()));
      }
    }
    return Optional.empty();
  }

  /** Whether each task is stored or has ended. */
  boolean areKnown(Session session, NamespaceId namespace, List<NumberedTask> tasks)
      throws SQLException {
    long known = session.run(findEnded(namespace, tasks)).count();
    for (NumberedTask numbered : tasks) {
      known += session.query(sql.find, TaskMapper.task(numbered.key()), row -> true).size();
    }
    return known >= tasks.size();
  }

  private static boolean isSame(Row row, NewTask task) throws SQLException {
    return row.get(WORKFLOW_ID).equals(task.run().workflowId())
        && row.get(RUN_ID).equals(task.run().runId())
        && row.get(PRIORITY) == task.priority()
        && row.get(TASK_PAYLOAD).equals(task.data());
  }
}
