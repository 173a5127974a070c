package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.Columns.DATABASE_NOW;
import static io.odin.persistence.sql.task.TaskDeadLettersTable.REASON;
import static io.odin.persistence.sql.task.TaskQueuesTable.ATTEMPT_COUNT;
import static io.odin.persistence.sql.task.TaskQueuesTable.LEASED_UNTIL;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_PAYLOAD;
import static io.odin.persistence.sql.task.TaskSql.DELAY;
import static io.odin.persistence.sql.task.TaskSql.LEASED;
import static io.odin.persistence.sql.task.TaskSql.LEASE_FOR;
import static io.odin.persistence.sql.task.TaskSql.NOT_DUE;
import static io.odin.persistence.sql.task.TaskSql.OLDEST_READY;
import static io.odin.persistence.sql.task.TaskSql.READY;

import io.odin.persistence.Limits;
import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.statement.Write;
import io.odin.persistence.sql.wakeup.WakeUps;
import io.odin.persistence.task.DeadLetter;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.LostLease;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.PolledTasks;
import io.odin.persistence.task.QueueDepth;
import io.odin.persistence.task.Task;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskFate;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.task.TaskSubscription;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.Payload;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Task queues in SQL. Thread-safe. */
final class SqlTaskQueueStore implements TaskQueueStore {

  private final Database database;
  private final TaskSql sql;
  private final TaskStatements statements;
  private final TaskEnqueue enqueue;
  private final TaskLeases leases;
  private final DeadLetters deadLetters;
  private final LiveNamespaces live;
  private final Limits limits;
  private final WakeUps wakeUps;
  private final TaskHousekeeping housekeeping;
  private final SeveralQueues severalQueues;
  private final PollWatermarks watermarks = new PollWatermarks();

  SqlTaskQueueStore(
      Database database,
      TaskSql sql,
      TaskStatements statements,
      TaskEnqueue enqueue,
      TaskLeases leases,
      DeadLetters deadLetters,
      LiveNamespaces live,
      Limits limits,
      WakeUps wakeUps) {
    this.database = database;
    this.sql = sql;
    this.statements = statements;
    this.enqueue = enqueue;
    this.leases = leases;
    this.deadLetters = deadLetters;
    this.live = live;
    this.limits = limits;
    this.wakeUps = wakeUps;
    housekeeping = new TaskHousekeeping(database, sql);
    severalQueues = new SeveralQueues(this::firstReady, this::poll, limits.pageBytes());
  }

  @Override
  public TaskKey enqueue(NewTask task) {
    return enqueueAll(List.of(Require.nonNull("task", task))).getFirst();
  }

  @Override
  public List<TaskKey> enqueueAll(List<NewTask> tasks) {
    List<NewTask> batch = batch("tasks", tasks);
    if (batch.isEmpty()) {
      return List.of();
    }
    NamespaceId namespace = batch.getFirst().queue().namespace();
    Require.that(
        batch.stream().allMatch(task -> task.queue().namespace().equals(namespace)),
        "tasks",
        "go to two namespaces: send a batch for each");
    enqueue.check(batch);
    List<NumberedTask> numbered = enqueue.number(batch);
    return wakeUps.after(
        batch.stream().map(NewTask::queue).toList(), () -> insert(namespace, numbered));
  }

  private List<TaskKey> insert(NamespaceId namespace, List<NumberedTask> numbered) {
    Step insert = enqueue.insert(namespace, numbered);
    if (TaskEnqueue.mayBeRepeated(numbered)) {
      database.transaction(
          "taskQueues.enqueue", session -> insertNamed(session, namespace, insert, numbered));
    } else {
      // Ids of our own meet no other task: one statement does.
      database.write(
          "taskQueues.enqueue",
          Write.of(insert),
          (session, results) -> {
            long inserted = results.getFirst().count();
            if (inserted == 0) {
              throw LiveNamespaces.missing(namespace);
            }
            return inserted;
          });
    }
    return numbered.stream().map(NumberedTask::key).toList();
  }

  private long insertNamed(
      Session session, NamespaceId namespace, Step insert, List<NumberedTask> numbered)
      throws SQLException {
    List<Step.Result> results =
        session.run(List.of(insert, enqueue.findEnded(namespace, numbered)));
    Optional<AlreadyExistsException> conflict = Optional.empty();
    if (results.getFirst().count() < numbered.size()) {
      conflict = enqueue.conflict(session, numbered);
    }
    if (conflict.isEmpty() && results.getLast().count() > 0) {
      conflict = enqueue.removeEnded(session, namespace, numbered);
    }
    if (conflict.isPresent()) {
      throw conflict.get();
    }
    if (results.getFirst().count() == 0) {
      requireKnown(session, namespace, numbered);
      session.confirm();
    }
    return results.getFirst().count();
  }

  /** Nothing was inserted: all tasks are there or have ended, or the namespace takes none. */
  private void requireKnown(Session session, NamespaceId namespace, List<NumberedTask> numbered)
      throws SQLException {
    if (!live.contains(session, namespace) && !enqueue.areKnown(session, namespace, numbered)) {
      throw LiveNamespaces.missing(namespace);
    }
  }

  @Override
  public List<LeasedTask> poll(PollRequest request) {
    Require.nonNull("request", request);
    return poll(request, limits.pageBytes());
  }

  @Override
  public PolledTasks pollAny(
      List<TaskQueue> queues, String worker, Duration leaseFor, int maximum) {
    return severalQueues.poll(queues, worker, leaseFor, maximum);
  }

  @Override
  public Optional<Duration> nextReady(List<TaskQueue> queues) {
    return severalQueues.nextReady(queues);
  }

  @Override
  public TaskSubscription subscribe(List<TaskQueue> queues) {
    return wakeUps.subscribe(SeveralQueues.checked(queues));
  }

  /** From where polls go on; where nothing is ready there, from the bottom too, as a poll does. */
  private List<FirstReady> firstReady(List<TaskQueue> queues) {
    if (!statements.beginsAtWatermarks()) {
      return firstReady(queues, Collections.nCopies(queues.size(), PollWatermark.lowest()));
    }
    List<PollWatermark> watermarks = queues.stream().map(this.watermarks::latest).toList();
    List<FirstReady> found = new ArrayList<>(firstReady(queues, watermarks));
    Set<Integer> ready =
        found.stream()
            .filter(first -> first.until().isZero())
            .map(FirstReady::queue)
            .collect(Collectors.toSet());
    List<Integer> others =
        IntStream.range(0, queues.size())
            .filter(i -> !watermarks.get(i).equals(PollWatermark.lowest()) && !ready.contains(i))
            .boxed()
            .toList();
    if (!others.isEmpty()) {
      List<PollWatermark> lowest = Collections.nCopies(others.size(), PollWatermark.lowest());
      for (FirstReady below : firstReady(others.stream().map(queues::get).toList(), lowest)) {
        found.add(new FirstReady(others.get(below.queue()), below.until()));
      }
    }
    return found;
  }

  private List<FirstReady> firstReady(List<TaskQueue> queues, List<PollWatermark> from) {
    Step step = statements.firstReady(queues, from);
    return database.read(
        "taskQueues.nextReady", session -> session.run(step).rows(FirstReady.class));
  }

  private List<LeasedTask> poll(PollRequest request, long bytes) {
    PollWatermark watermark = watermarks.of(request);
    List<LeasedTask> taken = poll(request, watermark, bytes);
    return taken.isEmpty() && !watermark.equals(PollWatermark.lowest())
        ? poll(request, PollWatermark.lowest(), bytes)
        : taken;
  }

  private List<LeasedTask> poll(PollRequest request, PollWatermark watermark, long bytes) {
    PollBudget budget = PollBudget.of(request, bytes);
    List<LeasedTask> claimed =
        database.write(
            "taskQueues.poll",
            statements.claim(request, watermark, budget),
            (session, results) ->
                withPayloads(
                    session,
                    ClaimedTask.taken(
                        results.getFirst().rows(ClaimedTask.class), budget.maximumLarge())));
    List<LeasedTask> ordered = new ArrayList<>(claimed);
    ordered.sort(TaskMapper.DELIVERY_ORDER);
    List<LeasedTask> taken = List.copyOf(ordered);
    watermarks.learn(request, watermark, taken);
    return taken;
  }

  /** Reads the payloads that were left out. */
  private List<LeasedTask> withPayloads(Session session, List<ClaimedTask> claimed)
      throws SQLException {
    List<LeasedTask> tasks = new ArrayList<>(claimed.size());
    for (ClaimedTask each : claimed) {
      tasks.add(each.unread().isEmpty() ? each.leased() : withPayload(session, each.leased()));
    }
    return tasks;
  }

  private LeasedTask withPayload(Session session, LeasedTask leased) throws SQLException {
    Task task = leased.task();
    Payload data =
        session
            .first(sql.find, TaskMapper.task(task.key()), row -> row.get(TASK_PAYLOAD))
            .orElseThrow();
    Task whole =
        new Task(
            task.key(), task.run(), data, task.priority(), task.scheduledAt(), task.expiresAt());
    return new LeasedTask(whole, leased.lease());
  }

  @Override
  public TaskLease heartbeat(TaskLease lease, Duration extension) {
    Require.nonNull("lease", lease);
    Binds binds = TaskLeases.binds(lease).and(LEASE_FOR, Require.positive("extension", extension));
    return database.transaction(
        "taskQueues.heartbeat",
        session -> {
          List<Step.Result> results =
              session.run(
                  List.of(
                      Step.change(sql.heartbeat, binds),
                      Step.change(sql.heartbeatLease, binds),
                      Step.query(sql.heldUntil, binds, row -> row.get(LEASED_UNTIL))));
          if (results.getLast().count() == 0) {
            throw leases.lost(session, lease);
          }
          Instant expiry = results.getLast().rows(Instant.class).getFirst();
          return new TaskLease(
              lease.task(), lease.leaseId(), lease.worker(), lease.attempt(), expiry);
        });
  }

  @Override
  public void complete(TaskLease lease) {
    List<LostLease> lost = completeAll(List.of(Require.nonNull("lease", lease)));
    if (!lost.isEmpty()) {
      throw new LeaseLostException(lease.task().toString(), lost.getFirst().reason());
    }
  }

  @Override
  public List<LostLease> completeAll(Collection<TaskLease> completed) {
    List<TaskLease> batch = batch("leases", completed);
    if (batch.isEmpty()) {
      return List.of();
    }
    NamespaceId namespace = batch.getFirst().task().queue().namespace();
    Require.that(
        batch.stream().allMatch(lease -> lease.task().queue().namespace().equals(namespace)),
        "leases",
        "are of two namespaces: send a batch for each");
    return database.write(
        "taskQueues.complete",
        Write.of(statements.complete(namespace, batch)),
        (session, results) -> lost(session, batch, results.getFirst()));
  }

  private List<LostLease> lost(Session session, List<TaskLease> batch, Step.Result completed)
      throws SQLException {
    if (completed.count() == batch.size()) {
      return List.of();
    }
    Set<UUID> held = Set.copyOf(completed.rows(UUID.class));
    List<LostLease> lost = new ArrayList<>();
    for (TaskLease lease : batch) {
      if (!held.contains(lease.leaseId())
          && !leases.end(session, lease).equals(Optional.of(LeaseEnd.COMPLETED))) {
        lost.add(new LostLease(lease, leases.reason(session, lease)));
      }
    }
    if (completed.count() == 0 && lost.size() < batch.size()) {
      session.confirm();
    }
    return lost;
  }

  @Override
  public TaskFate fail(TaskLease lease, TaskFailure failure) {
    Require.nonNull("lease", lease);
    Require.nonNull("failure", failure);
    return wakeUps.after(
        List.of(lease.task().queue()),
        () -> database.transaction("taskQueues.fail", session -> fail(session, lease, failure)));
  }

  private TaskFate fail(Session session, TaskLease lease, TaskFailure failure) throws SQLException {
    Binds binds =
        TaskLeases.binds(lease).and(REASON, failure.reason()).and(DELAY, failure.retryDelay());
    Optional<Integer> attempt = session.first(sql.lockHeld, binds, row -> row.get(ATTEMPT_COUNT));
    if (attempt.isEmpty()) {
      return fateBefore(session, lease);
    }
    if (attempt.get() < failure.maximumAttempts()) {
      session.run(
          List.of(
              Step.change(sql.retry, binds),
              Step.change(sql.deleteLease, binds),
              leases.recordEnd(lease, LeaseEnd.RETRIED)));
      return TaskFate.RETRIED;
    }
    List<Step> steps = new ArrayList<>(deadLetters.moveToDeadLetters(binds));
    steps.add(Step.change(sql.deleteEnding, binds));
    steps.add(Step.change(sql.insertEnding, binds));
    steps.add(Step.change(sql.delete, binds));
    steps.add(Step.change(sql.deleteLease, binds));
    steps.add(leases.recordEnd(lease, LeaseEnd.DEAD));
    session.run(steps);
    return TaskFate.DEAD;
  }

  /** What became of the task when the same lease failed before. */
  private TaskFate fateBefore(Session session, TaskLease lease) throws SQLException {
    Optional<LeaseEnd> end = leases.end(session, lease);
    boolean isRetried = end.equals(Optional.of(LeaseEnd.RETRIED));
    if (!isRetried && !end.equals(Optional.of(LeaseEnd.DEAD))) {
      throw leases.lost(session, lease);
    }
    session.confirm();
    return isRetried ? TaskFate.RETRIED : TaskFate.DEAD;
  }

  @Override
  public void release(TaskLease lease) {
    TaskQueue queue = Require.nonNull("lease", lease).task().queue();
    wakeUps.after(
        List.of(queue),
        () -> {
          database.transaction("taskQueues.release", session -> release(session, lease));
          watermarks.discard(queue::equals);
          return lease;
        });
  }

  private TaskLease release(Session session, TaskLease lease) throws SQLException {
    Binds binds = TaskLeases.binds(lease);
    if (session.update(sql.release, binds) > 0) {
      session.run(
          List.of(Step.change(sql.deleteLease, binds), leases.recordEnd(lease, LeaseEnd.RELEASED)));
    } else if (leases.end(session, lease).equals(Optional.of(LeaseEnd.RELEASED))) {
      session.confirm();
    } else {
      throw leases.lost(session, lease);
    }
    return lease;
  }

  @Override
  public QueueDepth depth(TaskQueue queue) {
    Binds binds = TaskMapper.queue(Require.nonNull("queue", queue));
    return database.scan(
        "taskQueues.depth",
        session -> {
          long dead = deadLetters.count(session, queue);
          return session
              .query(
                  sql.depth,
                  binds,
                  row -> {
                    Instant now = row.get(DATABASE_NOW);
                    return new QueueDepth(
                        row.get(READY),
                        row.get(NOT_DUE),
                        row.get(LEASED),
                        dead,
                        row.optional(OLDEST_READY).map(since -> Duration.between(since, now)));
                  })
              .getFirst();
        });
  }

  @Override
  public Page<TaskQueue> listQueues(NamespaceId namespace, PageRequest page) {
    Require.nonNull("namespaceId", namespace);
    Require.nonNull("page", page);
    return deadLetters.queues(namespace, page);
  }

  @Override
  public int reclaimExpired(NamespaceId namespace, int limit) {
    Require.nonNull("namespaceId", namespace);
    int reclaimed = housekeeping.reclaimExpired(namespace, limit(limit));
    watermarks.discard(queue -> queue.namespace().equals(namespace));
    return reclaimed;
  }

  @Override
  public int purgeExpired(NamespaceId namespace, int limit) {
    Require.nonNull("namespaceId", namespace);
    return housekeeping.purgeExpired(namespace, limit(limit));
  }

  @Override
  public int trimCompletions(NamespaceId namespace, Duration age, int limit) {
    Require.nonNull("namespaceId", namespace);
    return housekeeping.trimCompletions(namespace, Require.nonNegative("age", age), limit(limit));
  }

  @Override
  public Page<DeadLetter> deadLetters(TaskQueue queue, PageRequest page) {
    Require.nonNull("queue", queue);
    Require.nonNull("page", page);
    return deadLetters.list(queue, page);
  }

  @Override
  public int redrive(Collection<TaskKey> letters) {
    List<TaskKey> batch = batch("letters", letters);
    return wakeUps.after(
        batch.stream().map(TaskKey::queue).toList(), () -> deadLetters.redrive(batch));
  }

  @Override
  public int deleteDeadLetters(Collection<TaskKey> letters) {
    return deadLetters.delete(batch("letters", letters));
  }

  private static int limit(int limit) {
    return (int) Require.between("limit", limit, 1, Limits.BATCH_ITEMS);
  }

  private static <T> List<T> batch(String field, Collection<T> items) {
    Require.nonNull(field, items).forEach(item -> Require.nonNull(field, item));
    Require.that(
        items.size() <= Limits.BATCH_ITEMS,
        field,
        "are " + items.size() + ": at most " + Limits.BATCH_ITEMS + " go into one batch");
    return List.copyOf(items);
  }
}
