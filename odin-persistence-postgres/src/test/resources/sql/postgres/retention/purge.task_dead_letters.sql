delete from task_dead_letters
where (
  tableoid,
  task_dead_letters.ctid
) in (
  select
    tableoid,
    task_dead_letters.ctid
  from task_dead_letters
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
