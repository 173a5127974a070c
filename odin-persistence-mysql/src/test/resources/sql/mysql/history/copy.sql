insert into history_events (
  namespace_id,
  workflow_id,
  run_id,
  event_id,
  event_type,
  event_timestamp,
  task_id,
  version,
  event_data,
  event_bytes
)
select
  namespace_id,
  workflow_id,
  :run_id,
  event_id,
  event_type,
  event_timestamp,
  task_id,
  version,
  event_data,
  event_bytes
from history_events
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :base_run_id
  and event_id >= :from
  and event_id < :to
  and not exists (
    select 1 as one
    from history_events as c
    where (
      c.namespace_id = :namespace_id
      and c.workflow_id = :workflow_id
      and c.run_id = :run_id
      and c.event_id >= :from
      and c.event_id < :to
    )
  )
)
