delete from task_queue_leases
where (
  tableoid,
  task_queue_leases.ctid
) in (
  select
    tableoid,
    task_queue_leases.ctid
  from task_queue_leases
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
