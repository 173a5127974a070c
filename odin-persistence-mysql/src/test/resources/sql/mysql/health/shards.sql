select
  count(*) as shards,
  count(
    case
      when owner_identity is null then 1
    end
  ) as unowned,
  count(
    case
      when (
        owner_identity is not null
        and shard_owner_lease_expiry <= utc_timestamp(6)
      ) then 1
    end
  ) as expired
from history_shards
