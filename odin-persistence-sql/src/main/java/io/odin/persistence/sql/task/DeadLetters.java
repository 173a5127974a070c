package io.odin.persistence.sql.task;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.task.DeadLetter;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Tasks that failed for good. Thread-safe. */
final class DeadLetters {

  private final Database database;
  private final DeadLetterSql sql;

  DeadLetters(Database database, DeadLetterSql sql) {
    this.database = database;
    this.sql = sql;
  }

  /** Copies a task to the dead letters; an older one of the same id is replaced. */
  List<Step> moveToDeadLetters(Binds task) {
    return List.of(Step.change(sql.delete, task), Step.change(sql.insert, task));
  }

  long count(Session session, TaskQueue queue) throws SQLException {
    return session.query(sql.count, TaskMapper.queue(queue), row -> row.number("dead")).getFirst();
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
                        new TaskKey(queue, row.number("task_id")),
                        RunMapper.key(row, queue.namespace()),
                        row.json("task_data"),
                        row.integer("attempt_count"),
                        row.optionalText("reason").orElse(""),
                        row.instant("dead_at"))));
  }

  Page<TaskQueue> queues(NamespaceId namespace, PageRequest page) {
    return database.read(
        "taskQueues.listQueues",
        session ->
            sql.queues.page(
                session,
                Binds.of("namespace_id", namespace.value()),
                page,
                namespace.toString(),
                row ->
                    new TaskQueue(
                        namespace,
                        row.text("task_queue_name"),
                        TaskType.of(row.text("task_queue_type")))));
  }

  int redrive(List<TaskKey> letters) {
    return database.transaction(
        "taskQueues.redrive",
        session -> {
          List<Binds> keys = binds(letters);
          int[] revived = session.batch(sql.redrive, keys);
          session.batch(
              sql.delete,
              IntStream.range(0, keys.size())
                  .filter(i -> revived[i] > 0)
                  .mapToObj(keys::get)
                  .toList());
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
