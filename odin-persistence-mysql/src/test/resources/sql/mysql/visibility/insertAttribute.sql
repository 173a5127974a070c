INSERT INTO search_attributes (namespace_id, attribute_name, attribute_type)
SELECT :namespace_id, :attribute_name, :attribute_type
  FROM DUAL
 WHERE EXISTS (SELECT 1 FROM namespaces AS n WHERE n.namespace_id = :namespace_id AND n.status <> 'deleted')
ON DUPLICATE KEY UPDATE search_attributes.namespace_id = search_attributes.namespace_id
