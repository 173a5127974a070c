delete from history_events
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and event_id <= (
    select t.event_id
    from (
      select event_id
      from history_events
      where (
        namespace_id = :namespace_id
        and workflow_id = :workflow_id
        and run_id = :run_id
      )
      order by event_id
      limit 1
      offset :skipped
    ) as t
  )
)
