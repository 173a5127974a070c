delete from task_queues
where (
  tableoid,
  task_queues.ctid
) in (
  select
    tableoid,
    task_queues.ctid
  from task_queues
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
