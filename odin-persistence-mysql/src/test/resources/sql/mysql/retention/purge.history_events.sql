delete from history_events
where namespace_id = :namespace_id
limit :limit
