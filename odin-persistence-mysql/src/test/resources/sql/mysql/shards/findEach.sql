SELECT t.shard_id,
  t.owner_identity,
  t.fence_token,
  t.shard_owner_lease_expiry,
  t.acquired_at,
  t.last_heartbeat,
  t.released_token,
  (
    owner_identity is not null
    and shard_owner_lease_expiry > sysdate(6)
  ) as live
  FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      shard_id INT PATH '$[0][0]' ERROR ON ERROR)) AS r
  STRAIGHT_JOIN history_shards AS t
    ON t.shard_id = r.shard_id
