delete from schedule_execution_history
where (
  tableoid,
  schedule_execution_history.ctid
) in (
  select
    tableoid,
    schedule_execution_history.ctid
  from schedule_execution_history
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
