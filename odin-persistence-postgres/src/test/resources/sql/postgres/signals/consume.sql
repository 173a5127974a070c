UPDATE workflow_signals AS t
   SET processed = :processed::bool
  FROM unnest(:signal_id::text[]) AS r (signal_id)
 WHERE t.namespace_id = :namespace_id AND t.workflow_id = :workflow_id AND t.run_id = :run_id AND t.signal_id = ANY(:signal_id::text[]) AND t.signal_id = r.signal_id AND not (processed)
