delete from workflow_query_results
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and query_id <= (
    select t.query_id
    from (
      select query_id
      from workflow_query_results
      where (
        namespace_id = :namespace_id
        and workflow_id = :workflow_id
        and run_id = :run_id
      )
      order by query_id
      limit 1
      offset :skipped
    ) as t
  )
)
