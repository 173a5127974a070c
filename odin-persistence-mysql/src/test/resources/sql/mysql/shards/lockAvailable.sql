select s.shard_id
from history_shards as s
  join shard_fences as f
    on f.shard_id = s.shard_id
where (
  owner_identity is null
  or shard_owner_lease_expiry is null
  or shard_owner_lease_expiry <= sysdate(6)
)
order by s.shard_id
limit :limit
for update skip locked
