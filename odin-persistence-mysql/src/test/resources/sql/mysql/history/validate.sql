select
  x.next_event_id,
  (
    select max(event_id)
    from history_events
    where (
      namespace_id = :namespace_id
      and workflow_id = :workflow_id
      and run_id = :run_id
      and event_id < x.next_event_id
    )
  ) as last_known,
  (
    select min(event_id)
    from history_events
    where (
      namespace_id = :namespace_id
      and workflow_id = :workflow_id
      and run_id = :run_id
      and event_id >= x.next_event_id
    )
  ) as first_unknown,
  (
    select max(event_id)
    from history_events
    where (
      namespace_id = :namespace_id
      and workflow_id = :workflow_id
      and run_id = :run_id
      and event_id >= x.next_event_id
    )
  ) as last_unknown,
  e.previous,
  e.event_id
from workflow_executions as x
  left outer join (
    select
      event_id,
      coalesce(
        lag(event_id) over (order by event_id),
        0
      ) as previous
    from history_events
    where (
      namespace_id = :namespace_id
      and workflow_id = :workflow_id
      and run_id = :run_id
    )
  ) as e
    on (
      e.event_id > (e.previous + 1)
      and e.event_id < x.next_event_id
    )
where (
  x.namespace_id = :namespace_id
  and x.workflow_id = :workflow_id
  and x.run_id = :run_id
)
order by e.event_id
limit 1000
