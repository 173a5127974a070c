update history_shards
set
  shard_owner_lease_expiry = sysdate(6) + interval :time_to_live microsecond,
  last_heartbeat = sysdate(6)
where (
  shard_id = :shard_id
  and owner_identity = :owner_identity
  and fence_token = :fence_token
  and shard_owner_lease_expiry > sysdate(6)
)
