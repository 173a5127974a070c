select
  count(
    case
      when (
        available_at <= statement_timestamp()
        and (
          expiry_at is null
          or expiry_at > statement_timestamp()
        )
      ) then 1
    end
  ) as ready,
  count(
    case
      when (
        available_at > statement_timestamp()
        and leased_until is null
        and (
          expiry_at is null
          or expiry_at > statement_timestamp()
        )
      ) then 1
    end
  ) as not_due,
  count(
    case
      when leased_until > statement_timestamp() then 1
    end
  ) as leased,
  min(
    case
      when (
        available_at <= statement_timestamp()
        and (
          expiry_at is null
          or expiry_at > statement_timestamp()
        )
      ) then available_at
    end
  ) as oldest_ready,
  statement_timestamp() as database_now
from task_queues
where (
  namespace_id = :namespace_id
  and task_queue_name = :task_queue_name
  and task_queue_type = :task_queue_type
)
