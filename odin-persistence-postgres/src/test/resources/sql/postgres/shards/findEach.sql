SELECT t.shard_id,
  t.owner_identity,
  t.fence_token,
  t.shard_owner_lease_expiry,
  t.acquired_at,
  t.last_heartbeat,
  t.released_token,
  (
    owner_identity is not null
    and shard_owner_lease_expiry > clock_timestamp()
  ) as live
  FROM history_shards AS t
 CROSS JOIN ROWS FROM (unnest(:shard_id::int4[]), generate_subscripts(:shard_id::int4[], 1)) AS r (shard_id, place)
 WHERE t.shard_id = ANY(:shard_id::int4[]) AND t.shard_id = r.shard_id
