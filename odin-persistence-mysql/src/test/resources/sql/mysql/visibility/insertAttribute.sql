INSERT INTO search_attributes (namespace_id, attribute_name, attribute_type)
VALUES (:namespace_id, :attribute_name, :attribute_type) AS new
ON DUPLICATE KEY UPDATE search_attributes.namespace_id = search_attributes.namespace_id
