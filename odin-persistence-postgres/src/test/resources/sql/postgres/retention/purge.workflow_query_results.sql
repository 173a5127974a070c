delete from workflow_query_results
where (
  tableoid,
  workflow_query_results.ctid
) in (
  select
    tableoid,
    workflow_query_results.ctid
  from workflow_query_results
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
