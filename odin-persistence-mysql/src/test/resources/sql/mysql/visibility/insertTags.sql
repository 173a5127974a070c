INSERT INTO workflow_tags (namespace_id, workflow_id, run_id, tag_key, tag_value)
SELECT * FROM (
  SELECT :namespace_id, :workflow_id, :run_id, r.tag_key, r.tag_value
    FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      tag_key VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[0][0]' ERROR ON ERROR,
      tag_value LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[1][0]' ERROR ON ERROR)) AS r) AS new (namespace_id, workflow_id, run_id, tag_key, tag_value)
ON DUPLICATE KEY UPDATE workflow_tags.namespace_id = workflow_tags.namespace_id
