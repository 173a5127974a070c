select shard_id
from history_shards
where (
  owner_identity is not null
  and (
    shard_owner_lease_expiry is null
    or shard_owner_lease_expiry <= clock_timestamp()
  )
)
order by shard_id
fetch next :limit rows only
for update skip locked
