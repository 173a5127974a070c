delete from applied_writes
where namespace_id = :namespace_id
limit :limit
