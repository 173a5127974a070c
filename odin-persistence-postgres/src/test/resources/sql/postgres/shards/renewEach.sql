UPDATE history_shards AS t
   SET shard_owner_lease_expiry = statement_timestamp() + interval '1 microsecond' * :shard_owner_lease_expiry::int8, last_heartbeat = statement_timestamp() + interval '1 microsecond' * :last_heartbeat::int8
  FROM ROWS FROM (unnest(:shard_id::int4[], :owner_identity::text[], :fence_token::int8[]), generate_subscripts(:shard_id::int4[], 1)) AS r (shard_id, owner_identity, fence_token, place)
 WHERE t.shard_id = ANY(:shard_id::int4[]) AND t.shard_id = r.shard_id AND t.owner_identity = ANY(:owner_identity::text[]) AND t.owner_identity = r.owner_identity AND t.fence_token = ANY(:fence_token::int8[]) AND t.fence_token = r.fence_token AND shard_owner_lease_expiry > clock_timestamp()
