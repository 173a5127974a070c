select namespace_id, commit_id
from workflow_commits
where committed_at < utc_timestamp(6) - interval :age_microseconds microsecond
limit :limit
