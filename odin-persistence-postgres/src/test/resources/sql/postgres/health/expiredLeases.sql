select
  count(*) as leases,
  min(lease_expires_at) as oldest,
  statement_timestamp() as database_now
from task_queue_leases
where lease_expires_at < statement_timestamp()
