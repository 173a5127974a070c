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
)
SELECT lease_id FROM done
