delete from workflow_executions
where (
  tableoid,
  workflow_executions.ctid
) in (
  select
    tableoid,
    workflow_executions.ctid
  from workflow_executions
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
