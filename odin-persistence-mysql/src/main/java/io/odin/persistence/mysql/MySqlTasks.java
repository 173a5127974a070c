package io.odin.persistence.mysql;

import static io.odin.persistence.sql.task.TaskQueueLeasesTable.ATTEMPT_COUNT;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.HEARTBEAT_AT;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.KEY;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.LEASED_AT;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.LEASE_EXPIRES_AT;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.LEASE_ID;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.NAMESPACE_ID;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.TASK_ID;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.TASK_QUEUE_LEASES;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.TASK_QUEUE_NAME;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.TASK_QUEUE_TYPE;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.WORKER_IDENTITY;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.statement.Write;
import io.odin.persistence.sql.task.ClaimedTask;
import io.odin.persistence.sql.task.PollBudget;
import io.odin.persistence.sql.task.PollWatermark;
import io.odin.persistence.sql.task.TaskMapper;
import io.odin.persistence.sql.task.TaskStatements;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

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
      (SELECT c.task_id, c.workflow_id, c.run_id,
              IF(JSON_STORAGE_SIZE(c.task_data) <= :row_bytes AND COALESCE(LENGTH(c.task_bytes), 0) <= :row_bytes,
                 c.task_data, NULL) AS task_data,
              IF(LENGTH(c.task_bytes) <= :row_bytes, c.task_bytes, NULL) AS task_bytes,
              c.priority, c.scheduled_at, c.expiry_at,
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
          AND EXISTS (SELECT 1 FROM namespaces AS n
                       WHERE n.namespace_id = :namespace_id AND n.status <> 'deleted')
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
      RowShape.into(TASK_QUEUE_LEASES)
          .key(KEY)
          .shared(NAMESPACE_ID, TASK_QUEUE_NAME, TASK_QUEUE_TYPE, WORKER_IDENTITY)
          .sharedFromNow(LEASED_AT, HEARTBEAT_AT)
          .each(TASK_ID, LEASE_ID, LEASE_EXPIRES_AT, ATTEMPT_COUNT)
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
      MySqlBulkStatements.upserting(
          "taskQueues.claim.showLease",
          CLAIMED,
          List.of(
              LEASE_ID, WORKER_IDENTITY, LEASED_AT, LEASE_EXPIRES_AT, HEARTBEAT_AT, ATTEMPT_COUNT));

  private static final String FIRST_OF_PRIORITY =
      """
      COALESCE((
                   SELECT c.available_at
                     FROM task_queues AS c FORCE INDEX (idx_task_queues_pending)
                    WHERE c.namespace_id = UUID_TO_BIN(r.namespace_id)
                      AND c.task_queue_name = r.task_queue_name
                      AND c.task_queue_type = r.task_queue_type
                      AND c.priority = %d
                      AND (c.expiry_at IS NULL OR c.expiry_at > GREATEST(c.available_at, UTC_TIMESTAMP(6)))
                      AND c.task_data IS NOT NULL
                    ORDER BY c.namespace_id, c.task_queue_name, c.task_queue_type, c.priority, c.available_at
                    LIMIT 1), TIMESTAMP'9999-12-31 23:59:59.999999')\
      """;

  /**
   * One entry of idx_task_queues_pending for each priority of each queue, if none has expired. The
   * order names all columns of the index up to the time: those that equal columns of the queue are
   * not seen to be constant, and all that is waiting would be sorted. The test of task_data is
   * always true, and has the rows read one by one: where no column can be long, the server reads
   * about a hundred rows at once.
   */
  private static final Sql FIRST_READY =
      Sql.of(
          "taskQueues.firstReady",
          """
          SELECT f.queue_number, f.available_at, f.database_now
            FROM (
              SELECT r.queue_number, UTC_TIMESTAMP(6) AS database_now,
                     LEAST(
                       %s) AS available_at
                FROM %s
               WHERE (SELECT n.status FROM namespaces AS n WHERE n.namespace_id = UUID_TO_BIN(r.namespace_id)) <> 'deleted'
            ) AS f
           WHERE f.available_at < TIMESTAMP'9999-12-31 23:59:59.999999'\
          """
              .formatted(
                  IntStream.rangeClosed(1, 5)
                      .mapToObj(FIRST_OF_PRIORITY::formatted)
                      .collect(Collectors.joining(",\n             ")),
                  MySqlBulkStatements.document(TaskMapper.QUEUES)));

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

  /** Ids of callers, which begin at 0, are recorded too: they may be enqueued again. */
  private static final Sql RECORD_ENDINGS =
      Sql.of(
          "taskQueues.complete.recordEndings",
          """
          INSERT INTO task_endings (namespace_id, task_queue_name, task_queue_type, task_id, content_hash)
          SELECT t.namespace_id, t.task_queue_name, t.task_queue_type, t.task_id, t.content_hash
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
           WHERE r.task_id >= 0
          ON DUPLICATE KEY UPDATE task_endings.task_id = task_endings.task_id\
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
        TAKE_BLOCK,
        FIRST_OF_BLOCK,
        DELETE_BLOCK,
        LOCK,
        LEASE,
        SHOW_LEASE,
        FIRST_READY,
        RECORD_LEASES,
        RECORD_ENDINGS,
        REMOVE);
  }

  @Override
  public List<Step> takeIds() {
    return List.of(
        Step.change(TAKE_BLOCK, Binds.none()),
        Step.query(FIRST_OF_BLOCK, Binds.none(), row -> block(row.get(TASK_ID))),
        Step.change(DELETE_BLOCK, Binds.none()));
  }

  private static LongStream block(long first) {
    return LongStream.range(first, first + IDS_OF_A_BLOCK);
  }

  @Override
  public Write claim(PollRequest request, PollWatermark watermark, PollBudget budget) {
    Binds binds =
        TaskMapper.poll(request, watermark, budget)
            .andFromNow(LEASED_AT, Duration.ZERO)
            .andFromNow(HEARTBEAT_AT, Duration.ZERO);
    Step lock = Step.query(LOCK, binds, row -> TaskMapper.claimed(row, request));
    return new Write(
        List.of(lock),
        results ->
            lease(
                binds,
                ClaimedTask.taken(
                    results.getFirst().rows(ClaimedTask.class), budget.maximumLarge())));
  }

  private static List<Step> lease(Binds poll, List<ClaimedTask> taken) {
    if (taken.isEmpty()) {
      return List.of();
    }
    Binds binds =
        CLAIMED.bind(Binds.none().andAll(poll), taken.stream().map(MySqlTasks::row).toList());
    return List.of(Step.change(LEASE, binds), Step.change(SHOW_LEASE, binds));
  }

  private static Binds row(ClaimedTask claimed) {
    TaskLease lease = claimed.leased().lease();
    return Binds.of(TASK_ID, lease.task().taskId())
        .and(LEASE_ID, lease.leaseId())
        .and(LEASE_EXPIRES_AT, lease.expiresAt())
        .and(ATTEMPT_COUNT, lease.attempt());
  }

  /**
   * From the bottom, whatever the watermarks: MySQL cannot walk a range of an index for each row of
   * a document, and removes the entries of deleted tasks within moments.
   */
  @Override
  public Step firstReady(List<TaskQueue> queues, List<PollWatermark> watermarks) {
    return Step.query(FIRST_READY, TaskMapper.queues(queues), TaskMapper::firstReady);
  }

  @Override
  public boolean beginsAtWatermarks() {
    return false;
  }

  @Override
  public List<Step> complete(NamespaceId namespace, Collection<TaskLease> leases) {
    Binds binds = TaskMapper.leases(namespace, leases);
    return TaskMapper.haveIdsOfCallers(leases)
        ? List.of(
            Step.change(RECORD_LEASES, binds),
            Step.change(RECORD_ENDINGS, binds),
            Step.change(REMOVE, binds))
        : List.of(Step.change(RECORD_LEASES, binds), Step.change(REMOVE, binds));
  }
}
