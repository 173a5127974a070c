select content_hash
from applied_writes
where (
  namespace_id = :namespace_id
  and write_id = :write_id
)
