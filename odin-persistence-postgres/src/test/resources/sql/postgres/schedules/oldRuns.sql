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
    offset :keep rows
    fetch next 1 rows only
  )
  and result is not null
)
order by scheduled_at
fetch next :limit rows only
