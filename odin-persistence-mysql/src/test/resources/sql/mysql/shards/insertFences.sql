INSERT INTO shard_fences (shard_id, fence_token)
SELECT * FROM (
  SELECT r.shard_id, r.fence_token
    FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      shard_id INT PATH '$[0][0]' ERROR ON ERROR,
      fence_token BIGINT PATH '$[1][0]' ERROR ON ERROR)) AS r) AS new (shard_id, fence_token)
ON DUPLICATE KEY UPDATE shard_fences.shard_id = shard_fences.shard_id
