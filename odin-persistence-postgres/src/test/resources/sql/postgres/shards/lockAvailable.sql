select s.shard_id
from history_shards as s
  join shard_fences as f
    on f.shard_id = s.shard_id
where (
  owner_identity is null
  or shard_owner_lease_expiry is null
  or shard_owner_lease_expiry <= clock_timestamp()
)
order by s.shard_id
fetch next :limit rows only
for update skip locked
