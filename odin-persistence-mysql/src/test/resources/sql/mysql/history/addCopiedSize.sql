update workflow_executions
set
  history_size_bytes = (history_size_bytes + (
    select cast(
      coalesce(
        sum((coalesce(
          octet_length(event_bytes),
          json_storage_size(event_data)
        ) + cast(
          octet_length(event_type)
          as signed
        ))),
        0
      )
      as signed
    )
    from history_events
    where (
      namespace_id = :namespace_id
      and workflow_id = :workflow_id
      and run_id = :run_id
      and event_id >= :from
      and event_id < :to
    )
  ))
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
)
