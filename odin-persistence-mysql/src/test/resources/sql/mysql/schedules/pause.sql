update workflow_schedules
set
  paused = true,
  pause_note = :pause_note,
  version = (version + 1)
where (
  namespace_id = :namespace_id
  and schedule_id = :schedule_id
)
