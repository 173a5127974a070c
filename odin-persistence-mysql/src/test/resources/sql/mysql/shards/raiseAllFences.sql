update shard_fences
set
  fence_token = (greatest(
    fence_token,
    coalesce(
      (
        select s.fence_token
        from history_shards as s
        where s.shard_id = shard_fences.shard_id
      ),
      0
    )
  ) + 1)
