-- Odin persistence, PostgreSQL, optional: no index on the contents of events.
--
--   psql -d odin_orchestrator -f optional/drop_event_data_index.sql
--
-- For databases without queries of the contents of events (event_data @> '{...}'): without the index, appends of 5 events run at
-- 1.27, of 20 events at 1.42 times the rate. The library never uses it. Running 00_init.sql again creates the index again, and
-- blocks appends meanwhile.
--
-- This blocks no other session, and cannot run within a transaction. For a partitioned history_events leave out CONCURRENTLY.
--
-- To create it again:
--   CREATE INDEX CONCURRENTLY idx_history_events_event_data
--       ON history_events USING gin (event_data jsonb_path_ops) WITH (fastupdate = on);

DROP INDEX CONCURRENTLY IF EXISTS idx_history_events_event_data;
