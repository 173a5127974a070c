select
  count(*) as leases,
  min(lease_expires_at) as oldest,
  utc_timestamp(6) as database_now
from task_queue_leases
where lease_expires_at < utc_timestamp(6)
