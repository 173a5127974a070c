select
  shard_id,
  owner_identity,
  fence_token,
  shard_owner_lease_expiry,
  acquired_at,
  last_heartbeat,
  released_token,
  (
    owner_identity is not null
    and shard_owner_lease_expiry > clock_timestamp()
  ) as live
from history_shards
order by shard_id asc
fetch next :limit rows only
