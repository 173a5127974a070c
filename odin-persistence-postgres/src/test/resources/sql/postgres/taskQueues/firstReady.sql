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
 WHERE (SELECT n.status FROM namespaces n WHERE n.namespace_id = r.namespace_id) <> 'deleted'
