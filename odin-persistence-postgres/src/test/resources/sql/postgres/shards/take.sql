update history_shards
set
  owner_identity = :owner_identity,
  fence_token = (
    select f.fence_token
    from shard_fences as f
    where f.shard_id = history_shards.shard_id
  ),
  acquired_at = clock_timestamp(),
  shard_owner_lease_expiry = clock_timestamp() + interval '1 microsecond' * :time_to_live,
  last_heartbeat = clock_timestamp()
where shard_id = :shard_id
