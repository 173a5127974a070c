package io.odin.persistence.sql.task;

import io.odin.persistence.Limits;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.internal.Require;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.PolledTasks;
import io.odin.persistence.task.TaskQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks into several queues with one read, and polls those that have something. Thread-safe. */
final class SeveralQueues {

  private final Database database;
  private final TaskStatements statements;
  private final Limits limits;
  private final Poll poll;

  /** Polls one queue. */
  @FunctionalInterface
  interface Poll {

    /**
     * Leases tasks.
     *
     * @param bytes of the payloads, unless the first one alone is larger
     */
    List<LeasedTask> tasks(PollRequest request, long bytes);
  }

  SeveralQueues(Database database, TaskStatements statements, Limits limits, Poll poll) {
    this.database = database;
    this.statements = statements;
    this.limits = limits;
    this.poll = poll;
  }

  private static List<TaskQueue> checked(List<TaskQueue> queues) {
    Set<TaskQueue> known = new HashSet<>();
    for (TaskQueue queue : Require.nonNull("queues", queues)) {
      Require.that(
          known.add(Require.nonNull("queues", queue)),
          "queues",
          () -> "name " + queue + " twice: name each queue once");
    }
    Require.that(
        queues.size() <= Limits.BATCH_ITEMS,
        "queues",
        "are " + queues.size() + ": at most " + Limits.BATCH_ITEMS + " are polled in one call");
    return List.copyOf(queues);
  }

  Optional<Duration> nextReady(List<TaskQueue> queues) {
    return earliest(look(checked(queues)));
  }

  private static Optional<Duration> earliest(List<FirstReady> found) {
    return found.stream().map(FirstReady::until).min(Comparator.naturalOrder());
  }

  private List<FirstReady> look(List<TaskQueue> queues) {
    if (queues.isEmpty()) {
      return List.of();
    }
    Step step = statements.firstReady(queues);
    return database.read("taskQueues.nextReady", session -> session.run(step))
        .rows(FirstReady.class);
  }

  PolledTasks poll(List<TaskQueue> queues, String worker, Duration leaseFor, int maximum) {
    List<TaskQueue> all = checked(queues);
    Require.id("worker", worker);
    Require.positive("leaseFor", leaseFor);
    Require.between("maximum", maximum, 1, Limits.BATCH_ITEMS);
    List<FirstReady> found = look(all);
    List<TaskQueue> ready =
        found.stream()
            .filter(first -> first.until().isZero())
            .map(FirstReady::queue)
            .distinct()
            .sorted()
            .map(all::get)
            .toList();
    List<LeasedTask> tasks = new ArrayList<>();
    long bytes = limits.pageBytes();
    for (int i = 0; i < ready.size() && tasks.size() < maximum; i++) {
      if (!tasks.isEmpty() && bytes < Limits.DEFAULTS.blobBytes()) {
        // Even the first task of a queue may be too large.
        break;
      }
      int share = Math.ceilDiv(maximum - tasks.size(), ready.size() - i);
      PollRequest request = PollRequest.of(ready.get(i), worker, leaseFor, share);
      List<LeasedTask> more = tasks(request, bytes, tasks.isEmpty());
      tasks.addAll(more);
      bytes -= more.stream().mapToLong(leased -> leased.task().data().size()).sum();
    }
    return new PolledTasks(tasks, earliest(found));
  }

  /** What one queue has; nothing if that fails and there are tasks already, which have to go. */
  private List<LeasedTask> tasks(PollRequest request, long bytes, boolean isFirst) {
    try {
      return poll.tasks(request, bytes);
    } catch (PersistenceException e) {
      if (isFirst) {
        throw e;
      }
      return List.of();
    }
  }
}
