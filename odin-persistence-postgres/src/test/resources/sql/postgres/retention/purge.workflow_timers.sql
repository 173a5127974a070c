delete from workflow_timers
where (
  tableoid,
  workflow_timers.ctid
) in (
  select
    tableoid,
    workflow_timers.ctid
  from workflow_timers
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
