update workflow_schedules
set
  last_run_result = :last_run_result
where (
  namespace_id = :namespace_id
  and schedule_id = :schedule_id
  and last_run_at = :scheduled_at
  and last_run_result is null
)
