update workflow_schedules
set
  lease_id = :lease_id,
  lease_owner = :lease_owner,
  leased_until = :leased_until,
  next_run_at = :next_run_at
where (
  namespace_id = :namespace_id
  and schedule_id = :schedule_id
)
