SELECT CASE WHEN COUNT(*) = 0 THEN 'tables that the account may not read, such as history_events' END
FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_name = 'history_events';
