delete from workflow_schedules
where (
  tableoid,
  workflow_schedules.ctid
) in (
  select
    tableoid,
    workflow_schedules.ctid
  from workflow_schedules
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
