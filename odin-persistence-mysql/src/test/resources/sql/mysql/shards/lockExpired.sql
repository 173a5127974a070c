select shard_id
from history_shards
where (
  owner_identity is not null
  and (
    shard_owner_lease_expiry is null
    or shard_owner_lease_expiry <= sysdate(6)
  )
)
order by shard_id
limit :limit
for update skip locked
