select count(*) as found
from history_shards as s
  cross join lateral (
    select namespace_id, workflow_id, run_id
    from workflow_timers
    where (
      shard_id = s.shard_id
      and fire_at <= utc_timestamp(6)
    )
    order by fire_at
    limit 10
  ) as r
  join workflow_executions as e
    on (
      e.namespace_id = r.namespace_id
      and e.workflow_id = r.workflow_id
      and e.run_id = r.run_id
    )
where e.workflow_state <> 'running'
