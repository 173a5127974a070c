update workflow_schedules
set
  next_run_at = case
    when remaining_actions <= :actions then nullif(next_run_at, next_run_at)
    else :next_run_at
  end,
  lease_id = null,
  lease_owner = null,
  leased_until = null,
  remaining_actions = (remaining_actions - :actions),
  last_run_at = :scheduled_at,
  last_run_result = :result
where (
  namespace_id = :namespace_id
  and schedule_id = :schedule_id
  and lease_id = :lease_id
  and leased_until > clock_timestamp()
  and next_run_at = :scheduled_at
)
