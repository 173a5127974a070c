delete from search_attributes
where (
  namespace_id = :namespace_id
  and attribute_name = :attribute_name
)
