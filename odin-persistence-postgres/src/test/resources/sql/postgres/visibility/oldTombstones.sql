select namespace_id, workflow_id, run_id
from visibility_records
where deleted_at < statement_timestamp() - interval '1 microsecond' * :age_microseconds
fetch next :limit rows only
