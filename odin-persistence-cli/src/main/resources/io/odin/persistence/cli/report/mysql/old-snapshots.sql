SELECT p.processlist_id, p.processlist_user, p.processlist_host, p.processlist_command,
       SEC_TO_TIME(t.timer_wait DIV 1000000000000) AS open_for, LEFT(s.digest_text, 60) AS query
FROM performance_schema.events_transactions_current t
JOIN performance_schema.threads p ON p.thread_id = t.thread_id
LEFT JOIN performance_schema.events_statements_current s ON s.thread_id = t.thread_id AND s.nesting_event_level = 0
WHERE t.state = 'ACTIVE'
  AND t.timer_wait > 60 * 1000000000000
ORDER BY t.timer_wait DESC
