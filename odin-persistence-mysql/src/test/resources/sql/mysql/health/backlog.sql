select
  n.namespace_name,
  t.task_queue_name,
  t.task_queue_type,
  count(*) as ready,
  min(t.available_at) as oldest,
  utc_timestamp(6) as database_now
from task_queues as t
  join namespaces as n
    on n.namespace_id = t.namespace_id
where (
  t.available_at <= utc_timestamp(6)
  and (
    t.expiry_at is null
    or t.expiry_at > utc_timestamp(6)
  )
)
group by n.namespace_name, t.task_queue_name, t.task_queue_type
order by min(t.available_at)
limit 20
