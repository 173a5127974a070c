SELECT t.run_id, t.signal_id, t.signal_sequence
  FROM workflow_signals AS t
 CROSS JOIN unnest(:signal_id::text[]) AS r (signal_id)
 WHERE t.namespace_id = :namespace_id AND t.workflow_id = :workflow_id AND t.signal_id = ANY(:signal_id::text[]) AND t.signal_id = r.signal_id
