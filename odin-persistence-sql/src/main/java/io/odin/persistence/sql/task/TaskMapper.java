package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.Columns.DATABASE_NOW;
import static io.odin.persistence.sql.statement.Columns.integer;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.TASK_QUEUE_LEASES;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.WORKER_IDENTITY;
import static io.odin.persistence.sql.task.TaskQueuesTable.ATTEMPT_COUNT;
import static io.odin.persistence.sql.task.TaskQueuesTable.AVAILABLE_AT;
import static io.odin.persistence.sql.task.TaskQueuesTable.EXPIRY_AT;
import static io.odin.persistence.sql.task.TaskQueuesTable.KEY;
import static io.odin.persistence.sql.task.TaskQueuesTable.LEASED_UNTIL;
import static io.odin.persistence.sql.task.TaskQueuesTable.LEASE_ID;
import static io.odin.persistence.sql.task.TaskQueuesTable.PRIORITY;
import static io.odin.persistence.sql.task.TaskQueuesTable.SCHEDULED_AT;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_ID;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_PAYLOAD;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUES;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_NAME;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_TYPE;
import static io.odin.persistence.sql.task.TaskSql.LEASE_FOR;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.Task;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Payload;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;

/** How tasks and leases are bound and read, for the store and for the dialects. */
public final class TaskMapper {

  /** The order in which a poll returns tasks. */
  static final Comparator<LeasedTask> DELIVERY_ORDER =
      Comparator.comparingInt((LeasedTask leased) -> leased.task().priority())
          .thenComparing(leased -> leased.task().scheduledAt())
          .thenComparingLong(leased -> leased.task().key().taskId());

  /** The order in which every transaction writes several tasks, so that no deadlock results. */
  public static final Comparator<TaskKey> LOCK_ORDER =
      Comparator.comparing((TaskKey task) -> task.queue().name())
          .thenComparing(task -> task.queue().type())
          .thenComparingLong(TaskKey::taskId);

  /** The leases of one namespace, as rows. */
  public static final RowShape LEASE_KEYS =
      RowShape.into(TASK_QUEUE_LEASES)
          .key(KEY)
          .shared(NAMESPACE_ID)
          .each(TASK_QUEUE_NAME, TASK_QUEUE_TYPE, TASK_ID, LEASE_ID)
          .build();

  private static final Field<Integer> QUEUE_NUMBER = integer("queue_number");

  /** Queues, each with its place in a list. */
  public static final RowShape QUEUES = queues().build();

  private static final RowShape WATERMARKED_QUEUES =
      queues().each(PollWatermark.PARAMETERS.toArray(Field<?>[]::new)).build();

  private static final Field<Integer> PARTITION_FROM = integer("partition_from");
  private static final Field<Integer> PARTITION_TO = integer("partition_to");
  private static final Field<Integer> MAXIMUM = integer("maximum");

  private TaskMapper() {}

  private static RowShape.Builder queues() {
    return RowShape.into(TASK_QUEUES)
        .key(NAMESPACE_ID, TASK_QUEUE_NAME, TASK_QUEUE_TYPE)
        .each(NAMESPACE_ID, TASK_QUEUE_NAME, TASK_QUEUE_TYPE, QUEUE_NUMBER);
  }

  /** {@link #LEASE_KEYS}, sorted by key so that all transactions lock in one order. */
  public static Binds leases(NamespaceId namespace, Collection<TaskLease> leases) {
    // For every commit: without streams.
    List<TaskLease> sorted = new ArrayList<>(leases);
    sorted.sort(Comparator.comparing(TaskLease::task, LOCK_ORDER));
    List<Binds> keys = new ArrayList<>(sorted.size());
    for (TaskLease lease : sorted) {
      keys.add(
          Binds.of(TASK_QUEUE_NAME, lease.task().queue().name())
              .and(TASK_QUEUE_TYPE, lease.task().queue().type().value())
              .and(TASK_ID, lease.task().taskId())
              .and(LEASE_ID, lease.leaseId()));
    }
    return LEASE_KEYS.bind(Binds.of(NAMESPACE_ID, namespace.value()), keys);
  }

  /**
   * What a poll asks for, {@code watermark_1} to {@code watermark_5}, {@code row_bytes} and {@code
   * maximum_large}.
   */
  public static Binds poll(PollRequest request, PollWatermark watermark, PollBudget budget) {
    return budget.bind(
        watermark.bind(
            queue(request.queue())
                .and(WORKER_IDENTITY, request.worker())
                .and(LEASE_FOR, request.leaseFor())
                .and(PARTITION_FROM, request.slice().from())
                .and(PARTITION_TO, request.slice().to())
                .and(MAXIMUM, request.maximum())));
  }

  /** Whether a lease is on a task with an id of a caller, which may be enqueued again. */
  public static boolean haveIdsOfCallers(Collection<TaskLease> leases) {
    return leases.stream().anyMatch(lease -> lease.task().taskId() >= 0);
  }

  /** {@link #QUEUES}. */
  public static Binds queues(List<TaskQueue> queues) {
    return QUEUES.bind(Binds.none(), numbered(queues));
  }

  /** As {@link #queues(List)}, each with its {@code watermark_1} to {@code watermark_5}. */
  public static Binds queues(List<TaskQueue> queues, List<PollWatermark> watermarks) {
    List<Binds> rows = numbered(queues);
    for (int i = 0; i < rows.size(); i++) {
      watermarks.get(i).bind(rows.get(i));
    }
    return WATERMARKED_QUEUES.bind(Binds.none(), rows);
  }

  private static List<Binds> numbered(List<TaskQueue> queues) {
    List<Binds> rows = new ArrayList<>(queues.size());
    for (TaskQueue queue : queues) {
      rows.add(queue(queue).and(QUEUE_NUMBER, rows.size()));
    }
    return rows;
  }

  /**
   * Reads when a task becomes ready, from a row with the columns queue_number, available_at and
   * database_now.
   */
  public static FirstReady firstReady(Row row) throws SQLException {
    Duration until = Duration.between(row.get(DATABASE_NOW), row.get(AVAILABLE_AT));
    return new FirstReady(row.get(QUEUE_NUMBER), until.isNegative() ? Duration.ZERO : until);
  }

  /** The columns that name a queue. */
  static Binds queue(TaskQueue queue) {
    return Binds.of(NAMESPACE_ID, queue.namespace().value())
        .and(TASK_QUEUE_NAME, queue.name())
        .and(TASK_QUEUE_TYPE, queue.type().value());
  }

  /** The columns that name a task. */
  static Binds task(TaskKey task) {
    return queue(task.queue()).and(TASK_ID, task.taskId());
  }

  /**
   * Reads a task that was just leased, from a row with the columns task_id, workflow_id, run_id,
   * task_data, task_bytes, priority, scheduled_at and expiry_at, and of the lease lease_id,
   * leased_until and attempt_count. Where task_data and task_bytes are null, the payload is left
   * out.
   */
  public static ClaimedTask claimed(Row row, PollRequest request) throws SQLException {
    TaskKey key = new TaskKey(request.queue(), row.get(TASK_ID));
    Optional<Payload> data = row.optional(TASK_PAYLOAD);
    Task task =
        new Task(
            key,
            RunMapper.key(row, request.queue().namespace()),
            data.orElse(Json.emptyObject()),
            row.get(PRIORITY),
            row.get(SCHEDULED_AT),
            row.optional(EXPIRY_AT));
    TaskLease lease =
        new TaskLease(
            key,
            row.get(LEASE_ID),
            request.worker(),
            row.get(ATTEMPT_COUNT),
            row.get(LEASED_UNTIL));
    return new ClaimedTask(
        new LeasedTask(task, lease), data.isPresent() ? Optional.empty() : Optional.of(key));
  }
}
