INSERT INTO workflow_schedules (namespace_id, schedule_id, schedule_name, workflow_type, task_queue, cron_expression, interval_seconds, time_zone, workflow_input, workflow_timeout_seconds, retry_policy, memo, search_attributes, overlap_policy, catch_up_window_seconds, jitter_seconds, maximum_actions, start_at, end_at, created_by, remaining_actions, next_run_at, created_at)
SELECT :namespace_id, :schedule_id, :schedule_name, :workflow_type, :task_queue, :cron_expression, :interval_seconds, :time_zone, :workflow_input, :workflow_timeout_seconds, :retry_policy, :memo, :search_attributes, :overlap_policy, :catch_up_window_seconds, :jitter_seconds, :maximum_actions, :start_at, :end_at, :created_by, :remaining_actions, :next_run_at, :created_at
  FROM DUAL
 WHERE EXISTS (SELECT 1 FROM namespaces AS n WHERE n.namespace_id = :namespace_id AND n.status <> 'deleted')
ON DUPLICATE KEY UPDATE workflow_schedules.namespace_id = workflow_schedules.namespace_id
