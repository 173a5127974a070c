delete from search_attributes
where namespace_id = :namespace_id
limit :limit
