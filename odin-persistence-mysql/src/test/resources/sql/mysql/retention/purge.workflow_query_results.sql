delete from workflow_query_results
where namespace_id = :namespace_id
limit :limit
