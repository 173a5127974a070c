UPDATE JSON_TABLE(:rows, '$[*]' COLUMNS (
      shard_id INT PATH '$[0][0]' ERROR ON ERROR,
      owner_identity VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[1][0]' ERROR ON ERROR,
      fence_token BIGINT PATH '$[2][0]' ERROR ON ERROR)) AS r
  STRAIGHT_JOIN history_shards AS t
    ON t.shard_id = r.shard_id
   AND t.owner_identity = r.owner_identity
   AND t.fence_token = r.fence_token
   SET t.shard_owner_lease_expiry = UTC_TIMESTAMP(6) + INTERVAL :shard_owner_lease_expiry MICROSECOND, t.last_heartbeat = UTC_TIMESTAMP(6) + INTERVAL :last_heartbeat MICROSECOND
 WHERE shard_owner_lease_expiry > sysdate(6)
