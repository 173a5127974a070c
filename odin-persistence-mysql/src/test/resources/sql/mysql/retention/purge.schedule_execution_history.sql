delete from schedule_execution_history
where namespace_id = :namespace_id
limit :limit
