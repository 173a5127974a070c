delete from task_endings
where (
  tableoid,
  task_endings.ctid
) in (
  select
    tableoid,
    task_endings.ctid
  from task_endings
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
