select shard_id
from history_shards
order by shard_id
for update
