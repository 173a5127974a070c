SELECT
    owner_identity,
    COUNT(*) AS shard_count,
    MIN(shard_owner_lease_expiry) AS earliest_expiry,
    MAX(shard_owner_lease_expiry) AS latest_expiry
FROM history_shards
WHERE owner_identity IS NOT NULL
GROUP BY owner_identity
