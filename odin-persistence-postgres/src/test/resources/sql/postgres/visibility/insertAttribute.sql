INSERT INTO search_attributes (namespace_id, attribute_name, attribute_type)
SELECT :namespace_id::uuid, :attribute_name::text, :attribute_type::text
ON CONFLICT DO NOTHING
