select namespace_id, write_id
from applied_writes
where applied_at < statement_timestamp() - interval '1 microsecond' * :age_microseconds
fetch next :limit rows only
