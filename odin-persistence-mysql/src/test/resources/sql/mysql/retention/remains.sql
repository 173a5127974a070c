select
  (
    select count(*)
    from (
      select namespace_id
      from task_queues
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as task_queues,
  (
    select count(*)
    from (
      select namespace_id
      from task_queue_leases
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as task_queue_leases,
  (
    select count(*)
    from (
      select namespace_id
      from task_dead_letters
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as task_dead_letters,
  (
    select count(*)
    from (
      select namespace_id
      from task_completions
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as task_completions,
  (
    select count(*)
    from (
      select namespace_id
      from task_endings
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as task_endings,
  (
    select count(*)
    from (
      select namespace_id
      from workflow_schedules
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as workflow_schedules,
  (
    select count(*)
    from (
      select namespace_id
      from schedule_execution_history
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as schedule_execution_history,
  (
    select count(*)
    from (
      select namespace_id
      from workflow_current_runs
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as workflow_current_runs,
  (
    select count(*)
    from (
      select namespace_id
      from workflow_executions
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as workflow_executions,
  (
    select count(*)
    from (
      select namespace_id
      from history_events
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as history_events,
  (
    select count(*)
    from (
      select namespace_id
      from workflow_timers
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as workflow_timers,
  (
    select count(*)
    from (
      select namespace_id
      from workflow_signals
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as workflow_signals,
  (
    select count(*)
    from (
      select namespace_id
      from workflow_query_results
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as workflow_query_results,
  (
    select count(*)
    from (
      select namespace_id
      from visibility_records
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as visibility_records,
  (
    select count(*)
    from (
      select namespace_id
      from workflow_tags
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as workflow_tags,
  (
    select count(*)
    from (
      select namespace_id
      from workflow_commits
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as workflow_commits,
  (
    select count(*)
    from (
      select namespace_id
      from applied_writes
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as applied_writes,
  (
    select count(*)
    from (
      select namespace_id
      from search_attributes
      where namespace_id = :namespace_id
      limit :limit
    ) as t
  ) as search_attributes
