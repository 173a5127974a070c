select f.shard_id
from shard_fences as f
  join history_shards as s
    on (
      s.shard_id = f.shard_id
      and f.shard_id = :shard_id
    )
where (
  f.fence_token = :fence_token
  and s.shard_owner_lease_expiry > sysdate(6)
  and exists (
    select 1 as one
    from namespaces
    where (
      namespace_id = :namespace_id
      and status <> 'deleted'
    )
  )
)
for share of f
