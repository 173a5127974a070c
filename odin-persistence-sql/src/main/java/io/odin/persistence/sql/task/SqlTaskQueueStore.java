package io.odin.persistence.sql.task;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.task.DeadLetter;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.LostLease;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.QueueDepth;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskFate;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Task queues in SQL. Thread-safe. */
final class SqlTaskQueueStore implements TaskQueueStore {

  private static final int MAXIMUM_BATCH = 1000;

  private final Database database;
  private final TaskSql sql;
  private final TaskStatements statements;
  private final TaskEnqueue enqueue;
  private final TaskLeases leases;
  private final DeadLetters deadLetters;
  private final TaskHousekeeping housekeeping;
  private final PollWatermarks watermarks = new PollWatermarks();

  SqlTaskQueueStore(
      Database database,
      TaskSql sql,
      TaskStatements statements,
      TaskEnqueue enqueue,
      TaskLeases leases,
      DeadLetters deadLetters) {
    this.database = database;
    this.sql = sql;
    this.statements = statements;
    this.enqueue = enqueue;
    this.leases = leases;
    this.deadLetters = deadLetters;
    housekeeping = new TaskHousekeeping(database, sql);
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
    List<NumberedTask> numbered = enqueue.prepare(batch);
    Step insert = enqueue.insert(namespace, numbered);
    if (batch.stream().allMatch(task -> task.taskId().isEmpty())) {
      // Ids of our own meet no other task: one statement does.
      database.statement(
          "taskQueues.enqueue", session -> session.update(insert.sql(), insert.binds()));
    } else {
      database.transaction(
          "taskQueues.enqueue", session -> insertOrCompare(session, insert, numbered));
    }
    return numbered.stream().map(NumberedTask::key).toList();
  }

  private int insertOrCompare(Session session, Step insert, List<NumberedTask> numbered)
      throws SQLException {
    int inserted = session.update(insert.sql(), insert.binds());
    if (inserted < numbered.size()) {
      Optional<AlreadyExistsException> conflict = enqueue.conflict(session, numbered);
      if (conflict.isPresent()) {
        throw conflict.get();
      }
    }
    return inserted;
  }

  @Override
  public List<LeasedTask> poll(PollRequest request) {
    Require.nonNull("request", request);
    PollWatermark watermark = watermarks.of(request);
    List<LeasedTask> taken = poll(request, watermark);
    return taken.isEmpty() && !watermark.equals(PollWatermark.lowest())
        ? poll(request, PollWatermark.lowest())
        : taken;
  }

  private List<LeasedTask> poll(PollRequest request, PollWatermark watermark) {
    Database.Work<List<LeasedTask>> claim =
        session -> statements.claim(session, request, watermark);
    List<LeasedTask> claimed =
        statements.claimsInSteps()
            ? database.transaction("taskQueues.poll", claim)
            : database.statement("taskQueues.poll", claim);
    List<LeasedTask> taken = claimed.stream().sorted(TaskMapper.DELIVERY_ORDER).toList();
    watermarks.learn(request, watermark, taken);
    return taken;
  }

  @Override
  public TaskLease heartbeat(TaskLease lease, Duration extension) {
    Require.nonNull("lease", lease);
    Binds binds =
        TaskLeases.binds(lease).and("lease_microseconds", Require.positive("extension", extension));
    return database.transaction(
        "taskQueues.heartbeat",
        session -> {
          List<Step.Result> results =
              session.run(
                  List.of(
                      Step.change(sql.heartbeat, binds),
                      Step.change(sql.heartbeatLease, binds),
                      Step.query(sql.heldUntil, binds, row -> row.instant("leased_until"))));
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
    List<Step> steps = statements.complete(namespace, batch);
    Database.Work<List<LostLease>> work =
        session -> {
          Step.Result first = session.run(steps).getFirst();
          if (first.count() == batch.size()) {
            return List.of();
          }
          if (first.count() > 0) {
            session.applied();
          }
          Set<UUID> held = Set.copyOf(first.rows(UUID.class));
          List<LostLease> lost = new ArrayList<>();
          for (TaskLease lease : batch) {
            if (!held.contains(lease.leaseId()) && !leases.isCompleted(session, lease)) {
              lost.add(new LostLease(lease, leases.reason(session, lease)));
            }
          }
          return lost;
        };
    return steps.size() == 1
        ? database.statement("taskQueues.complete", work)
        : database.transaction("taskQueues.complete", work);
  }

  @Override
  public TaskFate fail(TaskLease lease, TaskFailure failure) {
    Require.nonNull("lease", lease);
    Require.nonNull("failure", failure);
    return database.transaction(
        "taskQueues.fail",
        session -> {
          Binds binds =
              TaskLeases.binds(lease)
                  .and("reason", failure.reason())
                  .and("delay_microseconds", failure.retryDelay());
          Optional<Integer> attempt =
              session.first(sql.lockHeld, binds, row -> row.integer("attempt_count"));
          if (attempt.isEmpty()) {
            throw leases.lost(session, lease);
          }
          if (attempt.get() < failure.maximumAttempts()) {
            session.run(
                List.of(Step.change(sql.retry, binds), Step.change(sql.deleteLease, binds)));
            return TaskFate.RETRIED;
          }
          session.run(deadLetters.moveToDeadLetters(binds));
          session.run(List.of(Step.change(sql.delete, binds), Step.change(sql.deleteLease, binds)));
          return TaskFate.DEAD;
        });
  }

  @Override
  public void release(TaskLease lease) {
    Require.nonNull("lease", lease);
    Binds binds = TaskLeases.binds(lease);
    database.transaction(
        "taskQueues.release",
        session -> {
          if (session.update(sql.release, binds) == 0) {
            throw leases.lost(session, lease);
          }
          return session.update(sql.deleteLease, binds);
        });
    watermarks.discard(lease.task().queue()::equals);
  }

  @Override
  public QueueDepth depth(TaskQueue queue) {
    Binds binds = TaskMapper.queue(Require.nonNull("queue", queue));
    return database.read(
        "taskQueues.depth",
        session -> {
          long dead = deadLetters.count(session, queue);
          return session
              .query(
                  sql.depth,
                  binds,
                  row -> {
                    Instant now = row.instant("database_now");
                    return new QueueDepth(
                        row.number("ready"),
                        row.number("not_due"),
                        row.number("leased"),
                        dead,
                        row.optionalInstant("oldest_ready")
                            .map(since -> Duration.between(since, now)));
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
    return deadLetters.redrive(batch("letters", letters));
  }

  @Override
  public int deleteDeadLetters(Collection<TaskKey> letters) {
    return deadLetters.delete(batch("letters", letters));
  }

  private static int limit(int limit) {
    return (int) Require.between("limit", limit, 1, MAXIMUM_BATCH);
  }

  private static <T> List<T> batch(String field, Collection<T> items) {
    Require.nonNull(field, items).forEach(item -> Require.nonNull(field, item));
    Require.that(
        items.size() <= MAXIMUM_BATCH,
        field,
        "are " + items.size() + ": at most " + MAXIMUM_BATCH + " go into one batch");
    return List.copyOf(items);
  }
}
