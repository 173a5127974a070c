select f.fence_token, s.owner_identity
from shard_fences as f
  join history_shards as s
    on (
      s.shard_id = f.shard_id
      and f.shard_id = :shard_id
    )
