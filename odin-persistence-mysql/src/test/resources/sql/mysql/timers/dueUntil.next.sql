select
  namespace_id,
  workflow_id,
  run_id,
  timer_id,
  fire_at,
  case
    when json_storage_size(timer_data) <= :row_bytes then timer_data
  end as timer_data,
  case
    when octet_length(timer_bytes) <= :row_bytes then timer_bytes
  end as timer_bytes,
  created_at,
  greatest(
    coalesce(
      json_storage_size(timer_data),
      0
    ),
    coalesce(
      octet_length(timer_bytes),
      0
    )
  ) as largest_payload
from workflow_timers
where (
  shard_id = :shard_id
  and fire_at <= :until
  and (
    select n.status
    from namespaces as n
    where n.namespace_id = workflow_timers.namespace_id
  ) <> 'deleted'
  and (
    fire_at > :after_fire_at
    or (
      fire_at = :after_fire_at
      and (
        namespace_id > :after_namespace_id
        or (
          namespace_id = :after_namespace_id
          and (
            workflow_id > :after_workflow_id
            or (
              workflow_id = :after_workflow_id
              and (
                run_id > :after_run_id
                or (
                  run_id = :after_run_id
                  and timer_id > :after_timer_id
                )
              )
            )
          )
        )
      )
    )
  )
)
order by
  fire_at asc,
  namespace_id asc,
  workflow_id asc,
  run_id asc,
  timer_id asc
limit :limit
