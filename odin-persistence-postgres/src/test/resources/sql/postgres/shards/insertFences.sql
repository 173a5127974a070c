INSERT INTO shard_fences (shard_id, fence_token)
SELECT r.shard_id, r.fence_token
  FROM unnest(:shard_id::int4[], :fence_token::int8[]) AS r (shard_id, fence_token)
ON CONFLICT DO NOTHING
