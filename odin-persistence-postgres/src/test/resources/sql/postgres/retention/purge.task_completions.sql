delete from task_completions
where (
  tableoid,
  task_completions.ctid
) in (
  select
    tableoid,
    task_completions.ctid
  from task_completions
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
