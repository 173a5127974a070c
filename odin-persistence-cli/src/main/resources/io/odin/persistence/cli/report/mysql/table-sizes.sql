SELECT table_name AS table_name, table_rows AS table_rows, data_length AS data_length,
       index_length AS index_length, data_free AS data_free
FROM information_schema.tables
WHERE table_schema = DATABASE()
ORDER BY data_length + index_length DESC
LIMIT 20
