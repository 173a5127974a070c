delete from visibility_records
where namespace_id = :namespace_id
limit :limit
