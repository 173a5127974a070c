SELECT pid, usename, application_name, state, NOW() - xact_start AS open_for, left(query, 60) AS query
FROM pg_stat_activity
WHERE (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
  AND xact_start < NOW() - INTERVAL '1 minute'
ORDER BY xact_start
