package io.odin.persistence.task;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Queues of tasks under leases. A task has at most one live lease at any time; after it has
 * expired, the next poller receives the task. The database's clock decides which tasks are ready
 * and which have expired. Every method is one transaction, but {@link #pollAny}, and {@link
 * #subscribe}, which does not use the database. Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, {@link io.odin.persistence.error.LimitExceededException} for a payload that is too
 * large, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * process the request: an empty result always means an empty queue.
 */
public interface TaskQueueStore {

  /**
   * Adds a task. Not idempotent unless the caller gives the id: without one, a request that is sent
   * again adds a second task. Within a commit always idempotent. With an id, the same task again
   * has no effect, even after it was completed, became a dead letter or was purged, until {@link
   * #trimCompletions} has deleted the record of that.
   *
   * @return its key, with the id that the store generated if the caller gave none
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link TaskKey} if the
   *     caller's id belongs, or has belonged until its record is trimmed, to a task with another
   *     run, payload or priority
   */
  TaskKey enqueue(NewTask task);

  /**
   * Adds all of the tasks, or none.
   *
   * @param tasks at most 1000, of one namespace, which together do not exceed {@link
   *     io.odin.persistence.Limits#requestBytes()}; an empty list has no effect. Idempotent as
   *     {@link #enqueue} is
   * @return their keys in the order of the tasks
   * @throws io.odin.persistence.error.AlreadyExistsException as {@link #enqueue}
   */
  List<TaskKey> enqueueAll(List<NewTask> tasks);

  /**
   * Leases tasks that are ready: due, not expired, and without a live lease. Pollers never wait for
   * each other.
   *
   * <p>Leases fewer tasks than asked for, but at least one, if their payloads exceed {@link
   * io.odin.persistence.Limits#pageBytes()} together: a poll that is not full does not mean that
   * the queue is empty.
   *
   * <p>If the reply is lost, the tasks may be leased without a worker; they are ready again when
   * that lease has expired.
   *
   * @return the tasks with attempt + 1 and a new lease, ordered by priority, then by when they
   *     became ready, then by id (best effort while others poll); empty if nothing is ready. While
   *     there is a backlog, a task that another process released may be skipped for a second
   */
  List<LeasedTask> poll(PollRequest request);

  /**
   * Leases tasks of those of several queues that have any ready. One read finds these queues; then
   * each of them is polled as {@link #poll} does it, in a transaction of its own, in the order of
   * the list, until there are enough tasks. So a call costs one round trip if nothing is ready,
   * however many queues there are, and one poll more for each queue that gives tasks.
   *
   * <p>The queues that have tasks ready share the maximum equally: each may give what is left of
   * it, divided by the number of those that are still to be polled, and rounded up; what one does
   * not use is for those after it. The payloads of all tasks together are limited as those of one
   * poll, and that limit is shared in the same way. Queues at the end of the list are not polled if
   * the maximum is less than the number of queues, or payloads are large: begin the list with
   * another queue each time.
   *
   * <p>Whole queues are polled, not {@linkplain PartitionSlice slices}: no index has the first task
   * of a slice, so that the read would go through all tasks before it. Poll a queue that is so busy
   * that its workers share it by slices with {@link #poll}.
   *
   * <p>Each lease begins with the poll of its queue. If a poll fails after others have leased
   * tasks, these are returned.
   *
   * @param queues at most 1000, of one namespace or several, each once; without any, nothing is
   *     leased
   * @param worker the owner of the leases
   * @param leaseFor the duration of the leases, unless a heartbeat extends them
   * @param maximum maximum number of tasks of all queues together, 1 to 1000
   * @return the tasks, those of each queue in the order of {@link #poll}, and how long it is until
   *     the next one becomes ready
   */
  PolledTasks pollAny(List<TaskQueue> queues, String worker, Duration leaseFor, int maximum);

  /**
   * How long it is, by the database's clock, until the next task of some queues becomes ready:
   * because its delay or its lease ends. A task that is enqueued, released or redriven meanwhile,
   * or whose lease is extended, changes that. A cheap read: it looks at one task of each priority
   * of each queue.
   *
   * @param queues at most 1000, of one namespace or several, each once
   * @return zero if a task is ready now; empty if there is none that is waiting or leased and will
   *     not have expired by then
   */
  Optional<Duration> nextReady(List<TaskQueue> queues);

  /**
   * Subscribes to some queues, to wait for tasks of them. Uses neither a connection nor a thread.
   * What is added from now on is not missed by the first wait.
   *
   * @param queues at most 1000, of one namespace or several, each once; without any, only closing
   *     ends a wait before its timeout
   * @return a subscription, which the caller closes
   * @throws io.odin.persistence.error.PersistenceClosedException if the stores are closed
   */
  TaskSubscription subscribe(List<TaskQueue> queues);

  /**
   * Extends a live lease to the database's now + extension; never shortens it.
   *
   * @return the lease with its stored expiry
   * @throws io.odin.persistence.error.LeaseLostException EXPIRED if it has expired and has no
   *     successor, TAKEN_OVER if another worker has a newer lease, GONE if the task was deleted or
   *     is no longer leased
   */
  TaskLease heartbeat(TaskLease lease, Duration extension);

  /**
   * Removes a completed task. Idempotent: completing the same lease again has no effect.
   *
   * @throws io.odin.persistence.error.LeaseLostException as {@link #heartbeat}
   */
  void complete(TaskLease lease);

  /**
   * Completes every lease that is still valid, in one transaction.
   *
   * @param leases at most 1000, of one namespace
   * @return the lost leases, whose tasks are unchanged; empty if all were completed
   */
  List<LostLease> completeAll(Collection<TaskLease> leases);

  /**
   * Returns a task to the queue after a failed attempt. At the last attempt it becomes a dead
   * letter, in the same transaction. Idempotent: failing the same lease again returns the first
   * fate, whatever has become of the task since.
   *
   * @throws io.odin.persistence.error.LeaseLostException as {@link #heartbeat}
   */
  TaskFate fail(TaskLease lease, TaskFailure failure);

  /**
   * Returns a task to the queue without an attempt, for instance at a shutdown: it is ready at once
   * and the attempt does not count. Idempotent: releasing the same lease again has no effect,
   * whatever has become of the task since.
   *
   * @throws io.odin.persistence.error.LeaseLostException as {@link #heartbeat}
   */
  void release(TaskLease lease);

  /**
   * The number of tasks of the queue; zeros for a queue that does not exist. Expired tasks that are
   * not purged yet do not count.
   */
  QueueDepth depth(TaskQueue queue);

  /**
   * The queues of the namespace that hold tasks or dead letters, ordered by name, then type:
   * workflow before activity.
   */
  Page<TaskQueue> listQueues(NamespaceId namespace, PageRequest page);

  /**
   * Clears expired leases. For reports only: delivery does not need it. Attempts are kept.
   *
   * @param limit maximum number, 1 to 1000
   * @return the number of cleared leases
   */
  int reclaimExpired(NamespaceId namespace, int limit);

  /**
   * Removes expired tasks without a live lease. Never removes a task for its age alone.
   *
   * @param limit maximum number, 1 to 1000
   * @return the number of removed tasks
   */
  int purgeExpired(NamespaceId namespace, int limit);

  /**
   * Deletes records of ended leases and of ended tasks with ids of callers, which are kept only so
   * that requests that are sent again are recognized.
   *
   * @param age only those completed longer ago than this, by the database's clock
   * @param limit maximum number of each of the two, 1 to 1000
   * @return the greater number of deleted records; less than the limit if none is left
   */
  int trimCompletions(NamespaceId namespace, Duration age, int limit);

  /** The dead letters of a queue ordered by task id. */
  Page<DeadLetter> deadLetters(TaskQueue queue, PageRequest page);

  /**
   * Turns dead letters into tasks again, ready at once, with no attempt counted.
   *
   * @param letters at most 1000, of one namespace
   * @return the number found; keys without a dead letter are skipped
   */
  int redrive(Collection<TaskKey> letters);

  /**
   * Deletes dead letters.
   *
   * @param letters at most 1000, of one namespace
   * @return the number found; keys without a dead letter are skipped
   */
  int deleteDeadLetters(Collection<TaskKey> letters);
}
