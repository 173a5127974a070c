select namespace_id
from (
  select namespace_id
  from (
    select namespace_id
    from namespaces
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as namespaces_first
  union all
  select namespace_id
  from (
    select namespace_id
    from task_queues
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as task_queues_first
  union all
  select namespace_id
  from (
    select namespace_id
    from task_queue_leases
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as task_queue_leases_first
  union all
  select namespace_id
  from (
    select namespace_id
    from task_dead_letters
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as task_dead_letters_first
  union all
  select namespace_id
  from (
    select namespace_id
    from task_completions
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as task_completions_first
  union all
  select namespace_id
  from (
    select namespace_id
    from task_endings
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as task_endings_first
  union all
  select namespace_id
  from (
    select namespace_id
    from workflow_schedules
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as workflow_schedules_first
  union all
  select namespace_id
  from (
    select namespace_id
    from schedule_execution_history
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as schedule_execution_history_first
  union all
  select namespace_id
  from (
    select namespace_id
    from workflow_current_runs
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as workflow_current_runs_first
  union all
  select namespace_id
  from (
    select namespace_id
    from workflow_executions
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as workflow_executions_first
  union all
  select namespace_id
  from (
    select namespace_id
    from history_events
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as history_events_first
  union all
  select namespace_id
  from (
    select namespace_id
    from workflow_timers
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as workflow_timers_first
  union all
  select namespace_id
  from (
    select namespace_id
    from workflow_signals
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as workflow_signals_first
  union all
  select namespace_id
  from (
    select namespace_id
    from workflow_query_results
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as workflow_query_results_first
  union all
  select namespace_id
  from (
    select namespace_id
    from visibility_records
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as visibility_records_first
  union all
  select namespace_id
  from (
    select namespace_id
    from workflow_tags
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as workflow_tags_first
  union all
  select namespace_id
  from (
    select namespace_id
    from workflow_commits
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as workflow_commits_first
  union all
  select namespace_id
  from (
    select namespace_id
    from applied_writes
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as applied_writes_first
  union all
  select namespace_id
  from (
    select namespace_id
    from search_attributes
    where namespace_id > :after_namespace_id
    order by namespace_id
    fetch next 1 rows only
  ) as search_attributes_first
) as found
order by namespace_id
fetch next 1 rows only
