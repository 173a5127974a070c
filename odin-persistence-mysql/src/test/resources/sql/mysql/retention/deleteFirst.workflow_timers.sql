delete from workflow_timers
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and timer_id <= (
    select t.timer_id
    from (
      select timer_id
      from workflow_timers
      where (
        namespace_id = :namespace_id
        and workflow_id = :workflow_id
        and run_id = :run_id
      )
      order by timer_id
      limit 1
      offset :skipped
    ) as t
  )
)
