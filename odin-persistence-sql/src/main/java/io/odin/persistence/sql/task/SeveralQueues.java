package io.odin.persistence.sql.task;

import io.odin.persistence.Limits;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.internal.Require;
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

  private final Look look;
  private final Poll poll;
  private final int pageBytes;

  /** Looks into queues. */
  @FunctionalInterface
  interface Look {

    /**
     * Reads when the first tasks become ready.
     *
     * @param queues not empty
     */
    List<FirstReady> firstReady(List<TaskQueue> queues);
  }

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

  /**
   * Looks and polls in this way.
   *
   * @param pageBytes of the payloads of all tasks of a call
   */
  SeveralQueues(Look look, Poll poll, int pageBytes) {
    this.look = look;
    this.poll = poll;
    this.pageBytes = pageBytes;
  }

  /** Refuses too many queues, and one that is named twice. */
  static List<TaskQueue> checked(List<TaskQueue> queues) {
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
        "are " + queues.size() + ": at most " + Limits.BATCH_ITEMS + " are named in one call");
    return List.copyOf(queues);
  }

  Optional<Duration> nextReady(List<TaskQueue> queues) {
    return earliest(look(checked(queues)));
  }

  private static Optional<Duration> earliest(List<FirstReady> found) {
    return found.stream().map(FirstReady::until).min(Comparator.naturalOrder());
  }

  private List<FirstReady> look(List<TaskQueue> queues) {
    return queues.isEmpty() ? List.of() : look.firstReady(queues);
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
    return new PolledTasks(pollEach(ready, worker, leaseFor, maximum), earliest(found));
  }

  /** Polls queues that have something, until there is enough or one fails. */
  private List<LeasedTask> pollEach(
      List<TaskQueue> ready, String worker, Duration leaseFor, int maximum) {
    List<LeasedTask> tasks = new ArrayList<>();
    long bytes = pageBytes;
    for (int i = 0; i < ready.size() && tasks.size() < maximum; i++) {
      if (!tasks.isEmpty() && bytes < 2L * Limits.DEFAULTS.blobBytes()) {
        // A poll takes small payloads for half of its bytes, and at least one that may be large.
        break;
      }
      int sharers = ready.size() - i;
      int share = Math.ceilDiv(maximum - tasks.size(), sharers);
      PollRequest request = PollRequest.of(ready.get(i), worker, leaseFor, share);
      try {
        List<LeasedTask> more = poll.tasks(request, Math.max(1, bytes / sharers));
        tasks.addAll(more);
        bytes -= more.stream().mapToLong(leased -> leased.task().data().size()).sum();
      } catch (PersistenceException e) {
        if (tasks.isEmpty()) {
          throw e;
        }
        // What is leased already has to be worked on; the next call meets the failure again.
        return tasks;
      }
    }
    return tasks;
  }
}
