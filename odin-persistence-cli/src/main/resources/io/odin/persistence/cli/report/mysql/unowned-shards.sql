SELECT COUNT(*) AS unowned_shards
FROM history_shards
WHERE owner_identity IS NULL
   OR shard_owner_lease_expiry <= UTC_TIMESTAMP(6)
