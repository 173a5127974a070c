package io.odin.persistence.postgres;

import static io.odin.persistence.sql.task.TaskQueueLeasesTable.LEASE_ID;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.TASK_ID;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.statement.Write;
import io.odin.persistence.sql.task.PollBudget;
import io.odin.persistence.sql.task.PollWatermark;
import io.odin.persistence.sql.task.TaskMapper;
import io.odin.persistence.sql.task.TaskStatements;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/** Numbering, claiming and completing tasks, each in one statement. */
final class PostgresTasks implements TaskStatements {

  private static final Sql TAKE_IDS =
      Sql.of(
          "taskQueues.takeIds",
          "SELECT nextval('task_id_sequence') AS task_id FROM generate_series(1, 1000)");

  /**
   * Takes the first ready tasks of each priority that no other worker is taking at this moment.
   * SKIP LOCKED skips rows that are locked, and the predicate on available_at is checked again on a
   * row that changed before it could be locked; hence no task is taken twice. One short walk along
   * idx_task_queues_pending for each priority, whatever lies behind the ready tasks. The watermark
   * spares it the dead entries before them. The walk ends where there are too many large payloads.
   */
  private static final Sql CLAIM =
      Sql.of(
          "taskQueues.claim",
          """
          WITH claimed AS (
            UPDATE task_queues t
               SET lease_id = gen_random_uuid(),
                   leased_until = clock_timestamp() + interval '1 microsecond' * :lease_microseconds,
                   attempt_count = t.attempt_count + 1
             WHERE t.ctid = ANY (ARRAY(
                     SELECT counted.ctid
                       FROM (SELECT locked.ctid,
                                    count(CASE WHEN locked.is_small THEN NULL ELSE 1 END)
                                      OVER (ROWS UNBOUNDED PRECEDING) AS large
                               FROM (SELECT ready.ctid, ready.is_small
                                       FROM (VALUES (1, CAST(:watermark_1 AS timestamptz)), (2, :watermark_2),
                                                    (3, :watermark_3), (4, :watermark_4), (5, :watermark_5))
                                            AS p (priority, watermark)
                                      CROSS JOIN LATERAL (
                                        SELECT c.ctid,
                                               pg_column_size(c.task_data) <= :row_bytes
                                               AND coalesce(octet_length(c.task_bytes), 0) <= :row_bytes
                                               AND (pg_column_compression(c.task_data) IS NULL
                                                    OR pg_column_size(c.task_data #> '{}') <= :row_bytes) AS is_small
                                          FROM task_queues c
                                         WHERE c.namespace_id = :namespace_id
                                           AND c.task_queue_name = :task_queue_name
                                           AND c.task_queue_type = :task_queue_type
                                           AND c.priority = p.priority
                                           AND c.available_at >= p.watermark
                                           AND c.available_at <= statement_timestamp()
                                           AND c.partition_hash BETWEEN :partition_from AND :partition_to
                                           AND (c.expiry_at IS NULL OR c.expiry_at > statement_timestamp())
                                         ORDER BY c.available_at, c.task_id
                                         LIMIT :maximum
                                           FOR UPDATE SKIP LOCKED) AS ready
                                       WHERE EXISTS (SELECT 1 FROM namespaces n
                                                       WHERE n.namespace_id = :namespace_id AND n.status <> 'deleted')
                                      LIMIT :maximum) AS locked) AS counted
                      WHERE counted.large <= :maximum_large))
            RETURNING t.*
          ), leased AS (
            INSERT INTO task_queue_leases AS l
                   (namespace_id, task_queue_name, task_queue_type, task_id, lease_id,
                    worker_identity, leased_at, lease_expires_at, heartbeat_at, attempt_count)
            SELECT namespace_id, task_queue_name, task_queue_type, task_id, lease_id,
                   :worker_identity::text, clock_timestamp(), leased_until, clock_timestamp(), attempt_count
              FROM claimed
                ON CONFLICT (namespace_id, task_queue_name, task_queue_type, task_id) DO UPDATE
               SET lease_id = excluded.lease_id,
                   worker_identity = excluded.worker_identity,
                   leased_at = excluded.leased_at,
                   lease_expires_at = excluded.lease_expires_at,
                   heartbeat_at = excluded.heartbeat_at,
                   attempt_count = excluded.attempt_count
          )
          SELECT task_id, workflow_id, run_id, task_data, task_bytes, priority, scheduled_at, expiry_at,
                 lease_id, leased_until, attempt_count
            FROM claimed\
          """);

  /**
   * One entry of idx_task_queues_pending for each priority of each queue, if none has expired. The
   * watermark spares it the dead entries before that, as in {@link #CLAIM}.
   */
  private static final Sql FIRST_READY =
      Sql.of(
          "taskQueues.firstReady",
          """
          SELECT r.queue_number, first.available_at, statement_timestamp() AS database_now
            FROM unnest(:namespace_id::uuid[], :task_queue_name::text[], :task_queue_type::text[], :queue_number::int4[],
                        :watermark_1::timestamptz[], :watermark_2::timestamptz[], :watermark_3::timestamptz[],
                        :watermark_4::timestamptz[], :watermark_5::timestamptz[])
                 AS r (namespace_id, task_queue_name, task_queue_type, queue_number,
                       watermark_1, watermark_2, watermark_3, watermark_4, watermark_5)
           CROSS JOIN LATERAL (VALUES (1, r.watermark_1), (2, r.watermark_2), (3, r.watermark_3),
                                      (4, r.watermark_4), (5, r.watermark_5)) AS p (priority, watermark)
           CROSS JOIN LATERAL (
             SELECT c.available_at
               FROM task_queues c
              WHERE c.namespace_id = r.namespace_id
                AND c.task_queue_name = r.task_queue_name
                AND c.task_queue_type = r.task_queue_type
                AND c.priority = p.priority
                AND c.available_at >= p.watermark
                AND (c.expiry_at IS NULL OR c.expiry_at > greatest(c.available_at, statement_timestamp()))
              ORDER BY c.available_at
              LIMIT 1) AS first
           WHERE (SELECT n.status FROM namespaces n WHERE n.namespace_id = r.namespace_id) <> 'deleted'\
          """);

  /** Task row first, then lease row: the one order in which both are locked. */
  private static final String REMOVE =
      """
      WITH done AS (
        DELETE FROM task_queues t
         USING unnest(:task_queue_name::text[], :task_queue_type::text[], :task_id::int8[], :lease_id::uuid[])
               AS r (task_queue_name, task_queue_type, task_id, lease_id)
         WHERE t.namespace_id = :namespace_id
           AND t.task_queue_name = r.task_queue_name
           AND t.task_queue_type = r.task_queue_type
           AND t.task_id = r.task_id
           AND t.lease_id = r.lease_id
           AND t.leased_until > clock_timestamp()
        RETURNING t.namespace_id, t.task_queue_name, t.task_queue_type, t.task_id, t.lease_id, t.content_hash
      ), leases AS (
        DELETE FROM task_queue_leases l
         USING done d
         WHERE l.namespace_id = d.namespace_id
           AND l.task_queue_name = d.task_queue_name
           AND l.task_queue_type = d.task_queue_type
           AND l.task_id = d.task_id
      ), recorded AS (
        INSERT INTO task_completions (namespace_id, lease_id)
        SELECT namespace_id, lease_id FROM done
            ON CONFLICT DO NOTHING
      )%s
      SELECT lease_id FROM done\
      """;

  /** Ids of callers, which begin at 0, are recorded too: they may be enqueued again. */
  private static final Sql COMPLETE =
      Sql.of(
          "taskQueues.complete",
          REMOVE.formatted(
              """
              , ended AS (
                INSERT INTO task_endings (namespace_id, task_queue_name, task_queue_type, task_id, content_hash)
                SELECT namespace_id, task_queue_name, task_queue_type, task_id, content_hash FROM done WHERE task_id >= 0
                    ON CONFLICT DO NOTHING
              )\
              """));

  private static final Sql COMPLETE_NUMBERED =
      Sql.of("taskQueues.completeNumbered", REMOVE.formatted(""));

  @Override
  public List<Sql> all() {
    return List.of(TAKE_IDS, CLAIM, FIRST_READY, COMPLETE, COMPLETE_NUMBERED);
  }

  @Override
  public List<Step> takeIds() {
    return List.of(Step.query(TAKE_IDS, Binds.none(), row -> LongStream.of(row.get(TASK_ID))));
  }

  @Override
  public Write claim(PollRequest request, PollWatermark watermark, PollBudget budget) {
    return Write.of(
        Step.query(
            CLAIM,
            TaskMapper.poll(request, watermark, budget),
            row -> TaskMapper.claimed(row, request)));
  }

  @Override
  public Step firstReady(List<TaskQueue> queues, List<PollWatermark> watermarks) {
    return Step.query(FIRST_READY, TaskMapper.queues(queues, watermarks), TaskMapper::firstReady);
  }

  @Override
  public boolean beginsAtWatermarks() {
    return true;
  }

  @Override
  public List<Step> complete(NamespaceId namespace, Collection<TaskLease> leases) {
    return List.of(
        Step.query(
            TaskMapper.haveIdsOfCallers(leases) ? COMPLETE : COMPLETE_NUMBERED,
            TaskMapper.leases(namespace, leases),
            row -> row.get(LEASE_ID)));
  }
}
