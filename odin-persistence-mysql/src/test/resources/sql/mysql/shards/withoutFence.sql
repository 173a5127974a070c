select shard_id, fence_token
from history_shards
where shard_id not in (
  select shard_id
  from shard_fences
)
