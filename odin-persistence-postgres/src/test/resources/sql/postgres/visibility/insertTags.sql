INSERT INTO workflow_tags (namespace_id, workflow_id, run_id, tag_key, tag_value)
SELECT :namespace_id::uuid, :workflow_id::text, :run_id::uuid, r.tag_key, r.tag_value
  FROM unnest(:tag_key::text[], :tag_value::text[]) AS r (tag_key, tag_value)
ON CONFLICT DO NOTHING
