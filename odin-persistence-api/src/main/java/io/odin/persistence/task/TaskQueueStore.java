package io.odin.persistence.task;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.namespace.NamespaceId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Queues of tasks under leases. A task has at most one live lease at any time; a worker that lets
 * it run out loses it to the next poller. The database's clock decides what is ready and what has
 * expired. Every method is one transaction. Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, {@link io.odin.persistence.error.LimitExceededException} for a payload that is too
 * large, and {@link io.odin.persistence.error.UnavailableException} when the database cannot take
 * the request: an empty answer always means an empty queue.
 */
public interface TaskQueueStore {

  /**
   * Adds a task. Idempotent only if the caller gives the id: without one, sending the task again,
   * after a lost reply for instance, adds a second task. In a commit it is always idempotent.
   *
   * @return its key, with the id made by the store where the caller gave none
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link TaskKey} if the
   *     caller's id is used by a task with another run, payload or priority; the same task again
   *     changes nothing
   */
  TaskKey enqueue(NewTask task);

  /**
   * Adds all of the tasks, or none.
   *
   * @param tasks at most 1000, of one namespace; an empty list changes nothing. Idempotent as
   *     {@link #enqueue}
   * @return their keys in the order of the tasks
   * @throws io.odin.persistence.error.AlreadyExistsException as {@link #enqueue}
   */
  List<TaskKey> enqueueAll(List<NewTask> tasks);

  /**
   * Leases tasks that are ready: due, not expired, and without a live lease. Several pollers never
   * wait for each other.
   *
   * <p>If the reply is lost, the tasks may be leased although no worker has them; they are ready
   * again when that lease has run out.
   *
   * @return the tasks with attempt + 1 and a new lease, ordered by priority, then by when they
   *     became ready, then by id (best effort while others poll); empty if nothing is ready. While
   *     there is a backlog, a task that another process released may be skipped for a second
   */
  List<LeasedTask> poll(PollRequest request);

  /**
   * Extends a live lease to the database's now + extension; never shortens it.
   *
   * @return the lease with its expiry as it is stored now
   * @throws io.odin.persistence.error.LeaseLostException EXPIRED if it ran out and no worker took
   *     over, TAKEN_OVER if one did, GONE if the task does not exist or is no longer leased
   */
  TaskLease heartbeat(TaskLease lease, Duration extension);

  /**
   * Removes a task whose work is done. Completing the same lease again changes nothing.
   *
   * @throws io.odin.persistence.error.LeaseLostException as {@link #heartbeat}
   */
  void complete(TaskLease lease);

  /**
   * Completes every lease that still holds, in one transaction.
   *
   * @param leases at most 1000, of one namespace
   * @return the leases that were lost, whose tasks stay as they are; empty if all were completed
   */
  List<LostLease> completeAll(Collection<TaskLease> leases);

  /**
   * Gives a task back after a failed attempt; at the last attempt it goes to the dead letters, in
   * the same transaction.
   *
   * @throws io.odin.persistence.error.LeaseLostException as {@link #heartbeat}
   */
  TaskFate fail(TaskLease lease, TaskFailure failure);

  /**
   * Gives a task back untried, as at a shutdown: it is ready at once and the attempt does not
   * count.
   *
   * @throws io.odin.persistence.error.LeaseLostException as {@link #heartbeat}
   */
  void release(TaskLease lease);

  /**
   * How many tasks the queue holds; zeros for a queue that is not there. Expired tasks that wait to
   * be purged do not count.
   */
  QueueDepth depth(TaskQueue queue);

  /**
   * The queues of the namespace that hold tasks or dead letters, ordered by name, then type:
   * workflow before activity.
   */
  Page<TaskQueue> listQueues(NamespaceId namespace, PageRequest page);

  /**
   * Clears leases that have expired: housekeeping for reports, never needed for delivery. Attempts
   * are kept.
   *
   * @param limit the maximum number, 1 to 1000
   * @return how many were cleared
   */
  int reclaimExpired(NamespaceId namespace, int limit);

  /**
   * Removes tasks that have expired and hold no live lease. Never removes a task for its age alone.
   *
   * @param limit the maximum number, 1 to 1000
   * @return how many were removed
   */
  int purgeExpired(NamespaceId namespace, int limit);

  /**
   * Deletes completed leases, which are kept only so that completing one again is distinguished
   * from completing a lease of another worker.
   *
   * @param age only those completed longer ago than this, by the database's clock
   * @param limit the maximum number, 1 to 1000
   * @return how many were deleted
   */
  int trimCompletions(NamespaceId namespace, Duration age, int limit);

  /** The dead letters of a queue ordered by task id. */
  Page<DeadLetter> deadLetters(TaskQueue queue, PageRequest page);

  /**
   * Makes dead letters into tasks again, ready at once, with no attempt counted.
   *
   * @param letters at most 1000, of one namespace
   * @return how many there were; those that do not exist are skipped
   */
  int redrive(Collection<TaskKey> letters);

  /**
   * Deletes dead letters.
   *
   * @param letters at most 1000, of one namespace
   * @return how many there were; those that do not exist are skipped
   */
  int deleteDeadLetters(Collection<TaskKey> letters);
}
