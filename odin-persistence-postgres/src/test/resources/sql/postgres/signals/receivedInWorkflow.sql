SELECT t.run_id, t.signal_id, t.signal_sequence
  FROM workflow_signals AS t
 CROSS JOIN ROWS FROM (unnest(:signal_id::text[]), generate_subscripts(:signal_id::text[], 1)) AS r (signal_id, place)
 WHERE t.namespace_id = :namespace_id AND t.workflow_id = :workflow_id AND t.signal_id = ANY(:signal_id::text[]) AND t.signal_id = r.signal_id
