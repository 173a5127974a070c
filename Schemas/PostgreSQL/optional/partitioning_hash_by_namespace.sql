-- Odin persistence, PostgreSQL, optional: history_events partitioned by hash of the namespace.
--
--   psql -d odin_orchestrator -v ON_ERROR_STOP=1 -1 -f optional/partitioning_hash_by_namespace.sql
--
-- Run it before the first event is written, as the owner of the table, and instead of partitioning_range_by_time.sql. If
-- optional/roles.sql is in use, run that again afterwards. 16 partitions, or the number in the session setting
-- odin.history_partitions (PGOPTIONS="-c odin.history_partitions=64").
--
-- Benefit: smaller tables and indexes, vacuumed in parallel. All events of a namespace are in one partition, so this is for many
-- namespaces of similar size. The primary key does not change.

DO $check$
BEGIN
    IF (SELECT relkind FROM pg_class WHERE oid = to_regclass('history_events')) IS DISTINCT FROM 'r' THEN
        RAISE EXCEPTION 'history_events is missing or already partitioned';
    END IF;
    LOCK TABLE history_events IN ACCESS EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM history_events) THEN
        RAISE EXCEPTION 'history_events holds rows: partition it before the first event is written';
    END IF;
END;
$check$;

ALTER TABLE history_events RENAME TO history_events_plain;

CREATE TABLE history_events
    (LIKE history_events_plain INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS)
    PARTITION BY HASH (namespace_id);

DROP TABLE history_events_plain;

COMMENT ON TABLE history_events IS
    'Immutable event log of each run; event ids are contiguous from 1; partitioned by hash of the namespace';

ALTER TABLE history_events
    ADD CONSTRAINT pk_history_events PRIMARY KEY (namespace_id, workflow_id, run_id, event_id);

CREATE INDEX idx_history_events_event_data
    ON history_events USING gin (event_data jsonb_path_ops) WITH (fastupdate = on);

CREATE INDEX idx_history_events_event_timestamp
    ON history_events USING brin (event_timestamp) WITH (autosummarize = on);

DO $partitions$
DECLARE
    partitions integer := COALESCE(NULLIF(current_setting('odin.history_partitions', true), ''), '16')::integer;
BEGIN
    FOR i IN 0 .. partitions - 1 LOOP
        EXECUTE format(
            'CREATE TABLE %I PARTITION OF history_events FOR VALUES WITH (MODULUS %s, REMAINDER %s)
             WITH (fillfactor = 100, autovacuum_vacuum_scale_factor = 0.05,
                   autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)',
            'history_events_h' || lpad(i::text, 3, '0'), partitions, i);
    END LOOP;
END;
$partitions$;
