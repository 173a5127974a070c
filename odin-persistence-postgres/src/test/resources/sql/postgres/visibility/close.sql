update visibility_records
set
  workflow_state = :workflow_state,
  close_time = :close_time,
  version = :version,
  execution_duration_ms = greatest(0, floor(extract(epoch from :close_time - execution_time) * 1000)),
  history_length = greatest(
    history_length,
    :history_length
  ),
  state_transition_count = (state_transition_count + 1)
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and deleted_at is null
  and version < :version
)
