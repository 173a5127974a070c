delete from history_events
where (
  tableoid,
  history_events.ctid
) in (
  select
    tableoid,
    history_events.ctid
  from history_events
  where namespace_id = :namespace_id
  fetch next :limit rows only
)
