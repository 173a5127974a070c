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
  FROM claimed
