select namespace_id, schedule_id, scheduled_at
from schedule_execution_history
where (
  namespace_id = :namespace_id
  and schedule_id = :schedule_id
  and scheduled_at <= (
    select scheduled_at
    from schedule_execution_history
    where (
      namespace_id = :namespace_id
      and schedule_id = :schedule_id
    )
    order by scheduled_at desc
    limit 1
    offset :keep
  )
  and result is not null
)
order by scheduled_at
limit :limit
