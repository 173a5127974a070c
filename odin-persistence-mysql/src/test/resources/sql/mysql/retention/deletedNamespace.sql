select
  status,
  deleted_at,
  (deleted_at <= utc_timestamp(6) - interval :age_microseconds microsecond) as is_old
from namespaces
where namespace_id = :namespace_id
