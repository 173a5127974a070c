select lease_id
from workflow_schedules
where (
  namespace_id = :namespace_id
  and schedule_id = :schedule_id
)
for update
