select namespace_id, workflow_id, run_id
from visibility_records
where deleted_at < utc_timestamp(6) - interval :age_microseconds microsecond
limit :limit
