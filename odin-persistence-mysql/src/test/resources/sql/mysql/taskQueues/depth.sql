select
  count(
    case
      when (
        available_at <= utc_timestamp(6)
        and (
          expiry_at is null
          or expiry_at > utc_timestamp(6)
        )
      ) then 1
    end
  ) as ready,
  count(
    case
      when (
        available_at > utc_timestamp(6)
        and leased_until is null
        and (
          expiry_at is null
          or expiry_at > utc_timestamp(6)
        )
      ) then 1
    end
  ) as not_due,
  count(
    case
      when leased_until > utc_timestamp(6) then 1
    end
  ) as leased,
  min(
    case
      when (
        available_at <= utc_timestamp(6)
        and (
          expiry_at is null
          or expiry_at > utc_timestamp(6)
        )
      ) then available_at
    end
  ) as oldest_ready,
  utc_timestamp(6) as database_now
from task_queues
where (
  namespace_id = :namespace_id
  and task_queue_name = :task_queue_name
  and task_queue_type = :task_queue_type
)
