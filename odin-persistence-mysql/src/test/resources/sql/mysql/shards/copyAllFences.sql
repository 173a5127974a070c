update history_shards
set
  owner_identity = null,
  shard_owner_lease_expiry = null,
  acquired_at = null,
  fence_token = (
    select f.fence_token
    from shard_fences as f
    where f.shard_id = history_shards.shard_id
  )
