SELECT table_name, table_rows, data_length, index_length, data_free
FROM information_schema.tables
WHERE table_schema = DATABASE()
ORDER BY data_length + index_length DESC
LIMIT 20
