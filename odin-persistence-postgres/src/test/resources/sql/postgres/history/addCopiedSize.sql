update workflow_executions
set
  history_size_bytes = (history_size_bytes + (
    select cast(
      coalesce(
        sum((coalesce(
          octet_length(event_bytes),
          case when pg_column_compression(event_data) is null then pg_column_size(event_data) else pg_column_size(event_data #> array[]::text[]) end
        ) + cast(
          octet_length(event_type)
          as bigint
        ))),
        0
      )
      as bigint
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
