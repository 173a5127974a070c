update history_shards
set
  shard_owner_lease_expiry = clock_timestamp() + interval '1 microsecond' * :time_to_live,
  last_heartbeat = clock_timestamp()
where (
  shard_id = :shard_id
  and owner_identity = :owner_identity
  and fence_token = :fence_token
  and shard_owner_lease_expiry > clock_timestamp()
)
