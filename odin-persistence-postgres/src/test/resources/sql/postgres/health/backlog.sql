select
  n.namespace_name,
  t.task_queue_name,
  t.task_queue_type,
  count(*) as ready,
  min(t.available_at) as oldest,
  statement_timestamp() as database_now
from task_queues as t
  join namespaces as n
    on n.namespace_id = t.namespace_id
where (
  t.available_at <= statement_timestamp()
  and (
    t.expiry_at is null
    or t.expiry_at > statement_timestamp()
  )
)
group by n.namespace_name, t.task_queue_name, t.task_queue_type
order by min(t.available_at)
fetch next 20 rows only
