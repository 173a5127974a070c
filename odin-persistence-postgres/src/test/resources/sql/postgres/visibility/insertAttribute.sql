INSERT INTO search_attributes (namespace_id, attribute_name, attribute_type)
SELECT :namespace_id::uuid, :attribute_name::text, :attribute_type::text WHERE EXISTS (SELECT 1 FROM namespaces AS n WHERE n.namespace_id = :namespace_id AND n.status <> 'deleted')
ON CONFLICT DO NOTHING
