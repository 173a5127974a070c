UPDATE workflow_query_results AS t
   SET execution_version = :execution_version::int8, completed_at = statement_timestamp() + interval '1 microsecond' * :completed_at::int8, query_result = r.query_result, query_error = r.query_error
  FROM ROWS FROM (unnest(:query_id::uuid[], :query_result::jsonb[], :query_error::text[]), generate_subscripts(:query_id::uuid[], 1)) AS r (query_id, query_result, query_error, place)
 WHERE t.namespace_id = :namespace_id AND t.workflow_id = :workflow_id AND t.run_id = :run_id AND t.query_id = ANY(:query_id::uuid[]) AND t.query_id = r.query_id AND (completed_at is null and (expires_at is null or expires_at > clock_timestamp()))
