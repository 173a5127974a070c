update workflow_schedules
set
  paused = false,
  pause_note = null,
  next_run_at = :next_run_at,
  lease_id = null,
  lease_owner = null,
  leased_until = null,
  requested_times = null,
  regular_run_at = null,
  version = (version + 1)
where (
  namespace_id = :namespace_id
  and schedule_id = :schedule_id
)
