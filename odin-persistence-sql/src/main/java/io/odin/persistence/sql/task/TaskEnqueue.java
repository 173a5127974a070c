package io.odin.persistence.sql.task;

import io.odin.persistence.Limits;
import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.internal.Payloads;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /** Checks the payloads and gives an id to each task that has none. */
  List<NumberedTask> prepare(List<NewTask> tasks) {
    tasks.forEach(task -> payloads.check(task.data()));
    Iterator<Long> made =
        ids.next((int) tasks.stream().filter(task -> task.taskId().isEmpty()).count()).iterator();
    List<NumberedTask> numbered = new ArrayList<>(tasks.size());
    for (NewTask task : tasks) {
      long id = task.taskId().isPresent() ? task.taskId().getAsLong() : made.next();
      numbered.add(new NumberedTask(new TaskKey(task.queue(), id), task));
    }
    return numbered;
  }

  /** Inserts the tasks that are not there yet; its count says how many were inserted. */
  Step insert(NamespaceId namespace, List<NumberedTask> tasks) {
    return Step.change(
        sql.insert,
        TaskSql.NEW_TASKS.bind(
            Binds.of("namespace_id", namespace.value()),
            tasks.stream()
                .sorted(Comparator.comparing(NumberedTask::key, TaskMapper.LOCK_ORDER))
                .map(TaskEnqueue::row)
                .toList()));
  }

  private static List<@Nullable Object> row(NumberedTask numbered) {
    NewTask task = numbered.task();
    List<@Nullable Object> row = new ArrayList<>();
    row.add(task.queue().name());
    row.add(task.queue().type().value());
    row.add(numbered.key().taskId());
    row.add(task.run().workflowId());
    row.add(task.run().runId());
    row.add(task.delay());
    row.add(task.expiresAfter());
    row.add(task.data());
    row.add(ShardHash.partitionHashOf(task.run().workflowId()));
    row.add(task.priority());
    return row;
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

  private static boolean isSame(Row row, NewTask task) throws SQLException {
    return row.text("workflow_id").equals(task.run().workflowId())
        && row.uuid("run_id").equals(task.run().runId())
        && row.integer("priority") == task.priority()
        && row.json("task_data").equals(task.data());
  }
}
