select namespace_id, commit_id
from workflow_commits
where committed_at < statement_timestamp() - interval '1 microsecond' * :age_microseconds
fetch next :limit rows only
