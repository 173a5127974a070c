delete from workflow_tags
where (
  tableoid,
  workflow_tags.ctid
) in (
  select
    tableoid,
    workflow_tags.ctid
  from workflow_tags
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
