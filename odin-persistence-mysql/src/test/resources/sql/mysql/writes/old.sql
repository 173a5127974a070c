select namespace_id, write_id
from applied_writes
where applied_at < utc_timestamp(6) - interval :age_microseconds microsecond
limit :limit
