update history_shards
set
  owner_identity = null,
  shard_owner_lease_expiry = null,
  acquired_at = null
where (
  owner_identity is not null
  or shard_owner_lease_expiry is not null
)
