-- Odin persistence, PostgreSQL, optional: no index on the contents of events.
--
--   psql -d odin_orchestrator -f optional/drop_event_data_index.sql
--
-- For those who never ask "which events contain this" (event_data @> '{...}'): without the index, appends of 5 events run at
-- 1.27, of 20 events at 1.42 times the rate. The library itself never uses it. Running 00_init.sql again makes the index
-- again, and holds up appends while it does.
--
-- Does not hold up anybody; not within a transaction. A partitioned history_events cannot be altered so: leave out
-- CONCURRENTLY there.
--
-- Back again:
--   CREATE INDEX CONCURRENTLY idx_history_events_event_data
--       ON history_events USING gin (event_data jsonb_path_ops) WITH (fastupdate = on);

DROP INDEX CONCURRENTLY IF EXISTS idx_history_events_event_data;
