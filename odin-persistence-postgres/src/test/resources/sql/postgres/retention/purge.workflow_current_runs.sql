delete from workflow_current_runs
where (
  tableoid,
  workflow_current_runs.ctid
) in (
  select
    tableoid,
    workflow_current_runs.ctid
  from workflow_current_runs
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
