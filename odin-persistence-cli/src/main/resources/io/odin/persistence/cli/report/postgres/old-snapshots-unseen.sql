SELECT CASE WHEN COUNT(*) > 0 THEN format('%s sessions of other accounts: GRANT pg_read_all_stats TO %I', COUNT(*), current_user) END
FROM pg_stat_activity
WHERE usesysid IS NOT NULL
  AND NOT pg_has_role('pg_read_all_stats', 'USAGE') AND NOT pg_has_role(usesysid, 'USAGE');
