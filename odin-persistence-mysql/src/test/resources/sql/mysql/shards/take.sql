update history_shards
set
  owner_identity = :owner_identity,
  fence_token = (
    select f.fence_token
    from shard_fences as f
    where f.shard_id = history_shards.shard_id
  ),
  acquired_at = sysdate(6),
  shard_owner_lease_expiry = sysdate(6) + interval :time_to_live microsecond,
  last_heartbeat = sysdate(6)
where shard_id = :shard_id
