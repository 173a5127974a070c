package io.odin.persistence.mysql;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.task.PollWatermark;
import io.odin.persistence.sql.task.TaskMapper;
import io.odin.persistence.sql.task.TaskStatements;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskLease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Numbering, claiming and completing tasks. No statement here returns what it changes. */
final class MySqlTasks implements TaskStatements {

  private static final int IDS_OF_A_BLOCK = 1000;

  // An auto-increment: it holds no lock until the commit, and is never given twice.
  private static final Sql TAKE_BLOCK =
      Sql.of("taskQueues.takeIds.block", "INSERT INTO task_id_sequence () VALUES ()");
  private static final Sql FIRST_OF_BLOCK =
      Sql.of(
          "taskQueues.takeIds.first",
          "SELECT %d * CAST(LAST_INSERT_ID() AS SIGNED) - 9007199254740991 AS task_id"
              .formatted(IDS_OF_A_BLOCK));
  private static final Sql DELETE_BLOCK =
      Sql.of(
          "taskQueues.takeIds.delete",
          "DELETE FROM task_id_sequence WHERE block_id = LAST_INSERT_ID()");

  private static final String READY =
      """
      (SELECT c.task_id, c.workflow_id, c.run_id, c.task_data, c.priority, c.scheduled_at, c.expiry_at,
              UUID_TO_BIN(UUID()) AS lease_id,
              SYSDATE(6) + INTERVAL :lease_microseconds MICROSECOND AS leased_until,
              c.attempt_count + 1 AS attempt_count
         FROM task_queues AS c FORCE INDEX (idx_task_queues_pending)
        WHERE c.namespace_id = :namespace_id
          AND c.task_queue_name = :task_queue_name
          AND c.task_queue_type = :task_queue_type
          AND c.priority = %1$d
          AND c.available_at >= :watermark_%1$d
          AND c.available_at <= UTC_TIMESTAMP(6)
          AND c.partition_hash BETWEEN :partition_from AND :partition_to
          AND (c.expiry_at IS NULL OR c.expiry_at > UTC_TIMESTAMP(6))
        ORDER BY c.available_at, c.task_id
        LIMIT :maximum
          FOR UPDATE SKIP LOCKED)\
      """;

  /**
   * Locks the first ready tasks of each priority that no other worker is taking at this moment. One
   * short walk along idx_task_queues_pending for each priority, which ends when there are enough:
   * what is not returned is not locked either. That holds as long as nothing is sorted, since a
   * sort reads, and locks, all that is ready; hence the index is named, and the priorities are not
   * one condition. The watermark spares the walk the dead entries before the ready tasks.
   */
  private static final Sql LOCK =
      Sql.of(
          "taskQueues.claim.lock",
          IntStream.rangeClosed(1, 5)
              .mapToObj(READY::formatted)
              .collect(Collectors.joining("\nUNION ALL\n", "", "\nLIMIT :maximum")));

  /** The leases that a claim writes, by the rows that it has locked. */
  private static final RowShape CLAIMED =
      RowShape.into(DSL.table("task_queue_leases"))
          .key("namespace_id", "task_queue_name", "task_queue_type", "task_id")
          .shared("namespace_id", RowShape.Type.UUID)
          .shared("task_queue_name", RowShape.Type.TEXT)
          .shared("task_queue_type", RowShape.Type.TEXT)
          .shared("worker_identity", RowShape.Type.TEXT)
          .shared("leased_at", RowShape.Type.MICROSECONDS_FROM_NOW)
          .shared("heartbeat_at", RowShape.Type.MICROSECONDS_FROM_NOW)
          .each("task_id", RowShape.Type.NUMBER)
          .each("lease_id", RowShape.Type.UUID)
          .each("lease_expires_at", RowShape.Type.INSTANT)
          .each("attempt_count", RowShape.Type.INTEGER)
          .build();

  private static final Sql LEASE =
      Sql.of(
          "taskQueues.claim.lease",
          """
          UPDATE %s
          STRAIGHT_JOIN task_queues AS t
             ON t.namespace_id = :namespace_id
            AND t.task_queue_name = :task_queue_name
            AND t.task_queue_type = :task_queue_type
            AND t.task_id = r.task_id
            SET t.lease_id = UUID_TO_BIN(r.lease_id),
                t.leased_until = r.lease_expires_at,
                t.attempt_count = r.attempt_count\
          """
              .formatted(MySqlBulkStatements.document(CLAIMED)));

  private static final Sql SHOW_LEASE =
      new MySqlBulkStatements()
          .upsert(
              "taskQueues.claim.showLease",
              CLAIMED,
              List.of(
                  DSL.field("lease_id"),
                  DSL.field("worker_identity"),
                  DSL.field("leased_at"),
                  DSL.field("lease_expires_at"),
                  DSL.field("heartbeat_at"),
                  DSL.field("attempt_count")));

  /**
   * Locks the tasks whose leases hold and records those leases, at one moment: what the next
   * statement removes is decided here.
   */
  private static final Sql RECORD_LEASES =
      Sql.of(
          "taskQueues.complete.record",
          """
          INSERT INTO task_completions (namespace_id, lease_id)
          SELECT t.namespace_id, t.lease_id
            FROM %s
            STRAIGHT_JOIN task_queues AS t
              ON t.namespace_id = :namespace_id
             AND t.task_queue_name = r.task_queue_name
             AND t.task_queue_type = r.task_queue_type
             AND t.task_id = r.task_id
             AND t.lease_id = UUID_TO_BIN(r.lease_id)
             AND t.leased_until > SYSDATE(6)
             FOR UPDATE OF t
          ON DUPLICATE KEY UPDATE task_completions.lease_id = task_completions.lease_id\
          """
              .formatted(MySqlBulkStatements.document(TaskMapper.LEASE_KEYS)));

  /** Task row first, then lease row: the one order in which both are locked. */
  private static final Sql REMOVE =
      Sql.of(
          "taskQueues.complete.remove",
          """
          DELETE t, l
            FROM %s
            STRAIGHT_JOIN task_completions AS c
              ON c.namespace_id = :namespace_id
             AND c.lease_id = UUID_TO_BIN(r.lease_id)
            STRAIGHT_JOIN task_queues AS t
              ON t.namespace_id = :namespace_id
             AND t.task_queue_name = r.task_queue_name
             AND t.task_queue_type = r.task_queue_type
             AND t.task_id = r.task_id
             AND t.lease_id = c.lease_id
            LEFT JOIN task_queue_leases AS l
              ON l.namespace_id = :namespace_id
             AND l.task_queue_name = r.task_queue_name
             AND l.task_queue_type = r.task_queue_type
             AND l.task_id = r.task_id\
          """
              .formatted(MySqlBulkStatements.document(TaskMapper.LEASE_KEYS)));

  @Override
  public List<Sql> all() {
    return List.of(
        TAKE_BLOCK, FIRST_OF_BLOCK, DELETE_BLOCK, LOCK, LEASE, SHOW_LEASE, RECORD_LEASES, REMOVE);
  }

  @Override
  public List<Long> takeIds(Session session) throws SQLException {
    session.update(TAKE_BLOCK, Binds.none());
    long first =
        session.query(FIRST_OF_BLOCK, Binds.none(), row -> row.number("task_id")).getFirst();
    session.update(DELETE_BLOCK, Binds.none());
    return LongStream.range(first, first + IDS_OF_A_BLOCK).boxed().toList();
  }

  @Override
  public List<LeasedTask> claim(Session session, PollRequest request, PollWatermark watermark)
      throws SQLException {
    Binds binds =
        TaskMapper.poll(request, watermark)
            .and("leased_at", Duration.ZERO)
            .and("heartbeat_at", Duration.ZERO);
    List<LeasedTask> claimed = session.query(LOCK, binds, row -> TaskMapper.leased(row, request));
    if (!claimed.isEmpty()) {
      CLAIMED.bind(binds, claimed.stream().map(MySqlTasks::row).toList());
      session.update(LEASE, binds);
      session.update(SHOW_LEASE, binds);
    }
    return claimed;
  }

  @Override
  public boolean claimsInSteps() {
    return true;
  }

  private static List<@Nullable Object> row(LeasedTask leased) {
    TaskLease lease = leased.lease();
    return List.of(lease.task().taskId(), lease.leaseId(), lease.expiresAt(), lease.attempt());
  }

  @Override
  public List<Step> complete(NamespaceId namespace, Collection<TaskLease> leases) {
    Binds binds = TaskMapper.leases(namespace, leases);
    return List.of(Step.change(RECORD_LEASES, binds), Step.change(REMOVE, binds));
  }
}
