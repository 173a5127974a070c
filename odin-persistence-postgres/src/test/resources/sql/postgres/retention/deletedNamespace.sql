select
  status,
  deleted_at,
  (deleted_at <= statement_timestamp() - interval '1 microsecond' * :age_microseconds) as is_old
from namespaces
where namespace_id = :namespace_id
