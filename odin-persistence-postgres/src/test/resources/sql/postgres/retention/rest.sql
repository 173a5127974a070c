select
  (
    select count(*)
    from (
      select run_id
      from history_events
      where (
        namespace_id = :namespace_id
        and workflow_id = :workflow_id
        and run_id = :run_id
        and event_id >= :first_event_id
      )
      fetch next :limit rows only
    ) as t
  ) as HISTORY,
  (
    select count(*)
    from (
      select run_id
      from workflow_timers
      where (
        namespace_id = :namespace_id
        and workflow_id = :workflow_id
        and run_id = :run_id
      )
      fetch next :limit rows only
    ) as t
  ) as TIMERS,
  (
    select count(*)
    from (
      select run_id
      from workflow_signals
      where (
        namespace_id = :namespace_id
        and workflow_id = :workflow_id
        and run_id = :run_id
      )
      fetch next :limit rows only
    ) as t
  ) as SIGNALS,
  (
    select count(*)
    from (
      select run_id
      from workflow_query_results
      where (
        namespace_id = :namespace_id
        and workflow_id = :workflow_id
        and run_id = :run_id
      )
      fetch next :limit rows only
    ) as t
  ) as QUERY_RESULTS,
  (
    select count(*)
    from (
      select run_id
      from visibility_records
      where (
        namespace_id = :namespace_id
        and workflow_id = :workflow_id
        and run_id = :run_id
        and deleted_at is null
      )
      fetch next :limit rows only
    ) as t
  ) as VISIBILITY,
  (
    select count(*)
    from (
      select run_id
      from workflow_tags
      where (
        namespace_id = :namespace_id
        and workflow_id = :workflow_id
        and run_id = :run_id
      )
      fetch next :limit rows only
    ) as t
  ) as TAGS,
  (
    select count(*)
    from (
      select run_id
      from workflow_current_runs
      where (
        namespace_id = :namespace_id
        and workflow_id = :workflow_id
        and run_id = :run_id
      )
      fetch next :limit rows only
    ) as t
  ) as CURRENT_RUN,
  (
    select event_id
    from history_events
    where (
      namespace_id = :namespace_id
      and workflow_id = :workflow_id
      and run_id = :run_id
      and event_id >= :first_event_id
    )
    order by event_id
    offset :skipped rows
    fetch next 1 rows only
  ) as next_event_id
