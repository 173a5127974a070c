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
    and shard_owner_lease_expiry > sysdate(6)
  ) as live
from history_shards
where owner_identity = :owner_identity
order by shard_id
