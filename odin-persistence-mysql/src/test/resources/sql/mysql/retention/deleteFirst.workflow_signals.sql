delete from workflow_signals
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and signal_id <= (
    select t.signal_id
    from (
      select signal_id
      from workflow_signals
      where (
        namespace_id = :namespace_id
        and workflow_id = :workflow_id
        and run_id = :run_id
      )
      order by signal_id
      limit 1
      offset :skipped
    ) as t
  )
)
