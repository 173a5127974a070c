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
)
for share of f
