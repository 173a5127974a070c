delete from workflow_signals
where (
  tableoid,
  workflow_signals.ctid
) in (
  select
    tableoid,
    workflow_signals.ctid
  from workflow_signals
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
