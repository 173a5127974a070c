update schedule_execution_history
set
  result = :result,
  error_message = :error_message,
  completed_at = sysdate(6)
where (
  namespace_id = :namespace_id
  and schedule_id = :schedule_id
  and scheduled_at = :scheduled_at
  and result is null
)
