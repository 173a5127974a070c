delete from workflow_tags
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and tag_key <= (
    select t.tag_key
    from (
      select tag_key
      from workflow_tags
      where (
        namespace_id = :namespace_id
        and workflow_id = :workflow_id
        and run_id = :run_id
      )
      order by tag_key
      limit 1
      offset :skipped
    ) as t
  )
)
