SELECT t.task_queue_name, t.task_queue_type, t.task_id, t.content_hash
  FROM task_endings AS t
 CROSS JOIN ROWS FROM (unnest(:task_queue_name::text[], :task_queue_type::text[], :task_id::int8[]), generate_subscripts(:task_queue_name::text[], 1)) AS r (task_queue_name, task_queue_type, task_id, place)
 WHERE t.namespace_id = :namespace_id AND t.task_queue_name = ANY(:task_queue_name::text[]) AND t.task_queue_name = r.task_queue_name AND t.task_queue_type = ANY(:task_queue_type::text[]) AND t.task_queue_type = r.task_queue_type AND t.task_id = ANY(:task_id::int8[]) AND t.task_id = r.task_id
