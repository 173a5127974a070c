select namespace_id
from namespaces
where (
  namespace_id = :namespace_id
  and status <> 'deleted'
)
