package io.odin.persistence.sql.task;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.Task;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
      RowShape.into(Renderer.table("task_queue_leases"))
          .key("namespace_id", "task_queue_name", "task_queue_type", "task_id")
          .shared("namespace_id", RowShape.Type.UUID)
          .each("task_queue_name", RowShape.Type.TEXT)
          .each("task_queue_type", RowShape.Type.TEXT)
          .each("task_id", RowShape.Type.NUMBER)
          .each("lease_id", RowShape.Type.UUID)
          .build();

  private TaskMapper() {}

  /** {@link #LEASE_KEYS}, sorted by key so that all transactions lock in one order. */
  public static Binds leases(NamespaceId namespace, Collection<TaskLease> leases) {
    List<List<@Nullable Object>> keys =
        leases.stream()
            .sorted(Comparator.comparing(TaskLease::task, LOCK_ORDER))
            .map(
                lease ->
                    List.<@Nullable Object>of(
                        lease.task().queue().name(),
                        lease.task().queue().type().value(),
                        lease.task().taskId(),
                        lease.leaseId()))
            .toList();
    return LEASE_KEYS.bind(Binds.of("namespace_id", namespace.value()), keys);
  }

  /** What a poll asks for, and {@code watermark_1} to {@code watermark_5}. */
  public static Binds poll(PollRequest request, PollWatermark watermark) {
    return watermark.bind(
        queue(request.queue())
            .and("worker_identity", request.worker())
            .and("lease_microseconds", request.leaseFor())
            .and("partition_from", request.slice().from())
            .and("partition_to", request.slice().to())
            .and("maximum", request.maximum()));
  }

  /** The columns that name a queue. */
  static Binds queue(TaskQueue queue) {
    return Binds.of("namespace_id", queue.namespace().value())
        .and("task_queue_name", queue.name())
        .and("task_queue_type", queue.type().value());
  }

  /** The columns that name a task. */
  static Binds task(TaskKey task) {
    return queue(task.queue()).and("task_id", task.taskId());
  }

  /**
   * Reads a task that was just leased, from a row with the columns task_id, workflow_id, run_id,
   * task_data, priority, scheduled_at and expiry_at, and of the lease lease_id, leased_until and
   * attempt_count.
   */
  public static LeasedTask leased(Row row, PollRequest request) throws SQLException {
    TaskKey key = new TaskKey(request.queue(), row.number("task_id"));
    Task task =
        new Task(
            key,
            RunMapper.key(row, request.queue().namespace()),
            row.json("task_data"),
            row.integer("priority"),
            row.instant("scheduled_at"),
            row.optionalInstant("expiry_at"));
    TaskLease lease =
        new TaskLease(
            key,
            row.uuid("lease_id"),
            request.worker(),
            row.integer("attempt_count"),
            row.instant("leased_until"));
    return new LeasedTask(task, lease);
  }
}
