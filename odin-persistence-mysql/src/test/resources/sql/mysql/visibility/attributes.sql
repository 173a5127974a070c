select attribute_name, attribute_type
from search_attributes
where namespace_id = :namespace_id
