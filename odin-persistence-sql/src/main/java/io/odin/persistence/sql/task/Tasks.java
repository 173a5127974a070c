package io.odin.persistence.sql.task;

import io.odin.persistence.Limits;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.wakeup.WakeUps;
import io.odin.persistence.task.TaskQueueStore;

/** The area of task queues. Thread-safe. */
public final class Tasks {

  private final TaskQueueStore store;
  private final TaskCommit commit;

  /** Makes the statements and the store. */
  public Tasks(
      Database database,
      Statements statements,
      TaskStatements taskStatements,
      LiveNamespaces live,
      Limits limits,
      WakeUps wakeUps) {
    taskStatements.all().forEach(statements::add);
    TaskSql sql = new TaskSql(statements);
    TaskEnqueue enqueue = new TaskEnqueue(new TaskIds(database, taskStatements), sql, limits);
    TaskLeases leases = new TaskLeases(sql);
    DeadLetters deadLetters = new DeadLetters(database, new DeadLetterSql(statements), sql);
    store =
        new SqlTaskQueueStore(
            database, sql, taskStatements, enqueue, leases, deadLetters, live, limits, wakeUps);
    commit = new TaskCommit(taskStatements, enqueue, leases);
  }

  /** The store of the API. */
  public TaskQueueStore store() {
    return store;
  }

  /** What a commit does to tasks. */
  public TaskCommit commit() {
    return commit;
  }
}
