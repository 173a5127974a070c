package io.odin.persistence.sql.task;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.ExpectedStep.Conflict;
import io.odin.persistence.sql.database.ExpectedStep.Precedence;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskLease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a commit does to tasks. Thread-safe. */
public final class TaskCommit {

  private final TaskStatements statements;
  private final TaskEnqueue enqueue;
  private final TaskLeases leases;

  TaskCommit(TaskStatements statements, TaskEnqueue enqueue, TaskLeases leases) {
    this.statements = statements;
    this.enqueue = enqueue;
    this.leases = leases;
  }

  /** Gives an id to each task that has none, before the transaction. */
  public List<NumberedTask> number(List<NewTask> tasks) {
    return enqueue.number(tasks);
  }

  /** Completes the task of a lease, which has to hold. */
  public List<ExpectedStep> complete(TaskLease lease) {
    List<Step> complete = statements.complete(lease.task().queue().namespace(), List.of(lease));
    List<ExpectedStep> steps = new ArrayList<>();
    steps.add(
        new ExpectedStep(
            complete.getFirst(),
            1,
            session -> Conflict.of(Precedence.TASK, leases.lost(session, lease))));
    complete.stream().skip(1).map(ExpectedStep::unchecked).forEach(steps::add);
    return steps;
  }

  /** Inserts tasks; one that is stored already, or has ended, has to be the same. */
  public List<ExpectedStep> enqueue(NamespaceId namespace, List<NumberedTask> tasks) {
    ExpectedStep insert =
        new ExpectedStep(
            enqueue.insertFenced(namespace, tasks),
            tasks.size(),
            session -> conflict(enqueue.conflict(session, tasks)));
    return TaskEnqueue.mayBeRepeated(tasks)
        ? List.of(
            insert,
            new ExpectedStep(
                enqueue.findEnded(namespace, tasks),
                0,
                session -> conflict(enqueue.removeEnded(session, namespace, tasks))))
        : List.of(insert);
  }

  private static Optional<Conflict> conflict(Optional<AlreadyExistsException> found) {
    return found.flatMap(conflict -> Conflict.of(Precedence.TASK, conflict));
  }
}
