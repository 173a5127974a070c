INSERT INTO history_shards (shard_id)
SELECT r.shard_id
  FROM unnest(:shard_id::int4[]) AS r (shard_id)
ON CONFLICT DO NOTHING
