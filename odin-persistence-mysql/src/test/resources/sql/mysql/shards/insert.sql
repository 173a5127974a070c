INSERT INTO history_shards (shard_id)
SELECT * FROM (
  SELECT r.shard_id
    FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      shard_id INT PATH '$[0][0]' ERROR ON ERROR)) AS r) AS new (shard_id)
ON DUPLICATE KEY UPDATE history_shards.shard_id = history_shards.shard_id
