delete from workflow_commits
where (
  tableoid,
  workflow_commits.ctid
) in (
  select
    tableoid,
    workflow_commits.ctid
  from workflow_commits
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
