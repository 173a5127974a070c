update history_shards
set
  owner_identity = null,
  shard_owner_lease_expiry = null,
  acquired_at = null,
  released_token = fence_token
where (
  shard_id = :shard_id
  and owner_identity = :owner_identity
  and fence_token = :fence_token
)
