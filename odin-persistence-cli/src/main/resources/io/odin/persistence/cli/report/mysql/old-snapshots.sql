SELECT t.trx_mysql_thread_id, p.processlist_user, p.processlist_host, t.trx_state,
       TIMEDIFF(UTC_TIMESTAMP(), CONVERT_TZ(t.trx_started, 'SYSTEM', '+00:00')) AS open_for, LEFT(t.trx_query, 60) AS query
FROM information_schema.innodb_trx t
LEFT JOIN performance_schema.threads p ON p.processlist_id = t.trx_mysql_thread_id
WHERE CONVERT_TZ(t.trx_started, 'SYSTEM', '+00:00') < UTC_TIMESTAMP() - INTERVAL 1 MINUTE
ORDER BY t.trx_started
