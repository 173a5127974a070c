delete from schedule_execution_history
where (
  namespace_id = :namespace_id
  and schedule_id = :schedule_id
)
order by scheduled_at
limit :limit
