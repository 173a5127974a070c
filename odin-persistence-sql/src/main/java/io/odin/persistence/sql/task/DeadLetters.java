package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.task.DeadLetterSql.DEAD;
import static io.odin.persistence.sql.task.TaskDeadLettersTable.DEAD_AT;
import static io.odin.persistence.sql.task.TaskDeadLettersTable.REASON;
import static io.odin.persistence.sql.task.TaskQueuesTable.ATTEMPT_COUNT;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_ID;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_PAYLOAD;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_NAME;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_TYPE;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.task.DeadLetter;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Tasks that failed for good. Thread-safe. */
final class DeadLetters {

  private final Database database;
  private final DeadLetterSql sql;
  private final Sql deleteEnding;

  DeadLetters(Database database, DeadLetterSql sql, TaskSql tasks) {
    this.database = database;
    this.sql = sql;
    deleteEnding = tasks.deleteEnding;
  }

  /** Copies a task to the dead letters; an older one of the same id is replaced. */
  List<Step> moveToDeadLetters(Binds task) {
    return List.of(Step.change(sql.delete, task), Step.change(sql.insert, task));
  }

  long count(Session session, TaskQueue queue) throws SQLException {
    return session.query(sql.count, TaskMapper.queue(queue), row -> row.get(DEAD)).getFirst();
  }

  Page<DeadLetter> list(TaskQueue queue, PageRequest page) {
    return database.read(
        "taskQueues.deadLetters",
        session ->
            sql.list.page(
                session,
                TaskMapper.queue(queue),
                page,
                queue.toString(),
                row ->
                    new DeadLetter(
                        new TaskKey(queue, row.get(TASK_ID)),
                        RunMapper.key(row, queue.namespace()),
                        row.get(TASK_PAYLOAD),
                        row.get(ATTEMPT_COUNT),
                        row.optional(REASON).orElse(""),
                        row.get(DEAD_AT))));
  }

  Page<TaskQueue> queues(NamespaceId namespace, PageRequest page) {
    return database.scan(
        "taskQueues.listQueues",
        session ->
            sql.queues.page(
                session,
                Binds.of(NAMESPACE_ID, namespace.value()),
                page,
                namespace.toString(),
                row ->
                    new TaskQueue(
                        namespace,
                        row.get(TASK_QUEUE_NAME),
                        TaskType.of(row.get(TASK_QUEUE_TYPE)))));
  }

  int redrive(List<TaskKey> letters) {
    return database.transaction(
        "taskQueues.redrive",
        session -> {
          List<Binds> keys = binds(letters);
          int[] revived = session.batch(sql.redrive, keys);
          List<Binds> found =
              IntStream.range(0, keys.size())
                  .filter(i -> revived[i] > 0)
                  .mapToObj(keys::get)
                  .toList();
          session.batch(sql.delete, found);
          // They are tasks again, which have not ended.
          session.batch(deleteEnding, found);
          return Arrays.stream(revived).sum();
        });
  }

  int delete(List<TaskKey> letters) {
    return database.transaction(
        "taskQueues.deleteDeadLetters",
        session -> Arrays.stream(session.batch(sql.delete, binds(letters))).sum());
  }

  /** In the order of their keys, so that two calls over the same dead letters do not deadlock. */
  private static List<Binds> binds(List<TaskKey> letters) {
    return letters.stream().sorted(TaskMapper.LOCK_ORDER).map(TaskMapper::task).toList();
  }
}
