select
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
  and run_id = :run_id
  and event_id = :event_id
)
