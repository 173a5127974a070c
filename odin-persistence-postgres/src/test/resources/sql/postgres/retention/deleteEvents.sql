delete from history_events
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and event_id >= :first_event_id
  and event_id < :next_event_id
)
