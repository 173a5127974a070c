-- Odin persistence, PostgreSQL, optional: history_events partitioned by month of writing.
--
--   psql -d odin_orchestrator -v ON_ERROR_STOP=1 -1 -f optional/partitioning_range_by_time.sql
--
-- Run it before the first event is written, as the owner of the table, and instead of partitioning_hash_by_namespace.sql. If
-- optional/roles.sql is in use, run that again afterwards.
--
-- Benefit: old months can be dropped at once instead of deleted row by row, and new rows go to small indexes. Cost:
--   - A unique index of a partitioned table must contain the partition key, so the primary key gains created_at, and the
--     database alone no longer refuses a second event with the same id. The commit still does: it advances
--     workflow_executions.next_event_id under its version check.
--   - Reading a run probes the index of every partition. Keep months, not days.
--   - Partitions have to be created ahead of time: run SELECT odin_add_history_partitions() once a month. Otherwise rows go to
--     history_events_default, and no commit fails.

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
    PARTITION BY RANGE (created_at);

DROP TABLE history_events_plain;

COMMENT ON TABLE history_events IS
    'Immutable event log of each run; event ids are contiguous from 1; partitioned by month of writing (UTC)';

ALTER TABLE history_events
    ADD CONSTRAINT pk_history_events PRIMARY KEY (namespace_id, workflow_id, run_id, event_id, created_at);

CREATE INDEX idx_history_events_event_data
    ON history_events USING gin (event_data jsonb_path_ops) WITH (fastupdate = on);

CREATE INDEX idx_history_events_event_timestamp
    ON history_events USING brin (event_timestamp) WITH (autosummarize = on);

-- For rows without a partition of their own. Because of it, partitions cannot be detached CONCURRENTLY, so a drop needs a short
-- exclusive lock.
CREATE TABLE history_events_default PARTITION OF history_events DEFAULT;

-- Creates the missing partitions of this month and the following months; returns how many it created.
CREATE OR REPLACE FUNCTION odin_add_history_partitions(p_months_ahead integer DEFAULT 3)
RETURNS integer
LANGUAGE plpgsql
AS $function$
DECLARE
    this_month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    from_month timestamp;
    partition  text;
    made       integer := 0;
BEGIN
    IF p_months_ahead IS NULL OR p_months_ahead < 0 THEN
        RAISE EXCEPTION 'odin_add_history_partitions: months ahead must be 0 or more, not %', p_months_ahead
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOR i IN 0 .. p_months_ahead LOOP
        from_month := this_month + make_interval(months => i);
        partition := 'history_events_' || to_char(from_month, 'YYYYMM');
        IF to_regclass(partition) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF history_events FOR VALUES FROM (%L) TO (%L)
                 WITH (fillfactor = 100, autovacuum_vacuum_scale_factor = 0.05,
                       autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)',
                partition,
                to_char(from_month, 'YYYY-MM-DD') || ' 00:00+00',
                to_char(from_month + interval '1 month', 'YYYY-MM-DD') || ' 00:00+00');
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END;
$function$;

COMMENT ON FUNCTION odin_add_history_partitions(integer) IS
    'Creates the missing monthly partitions of history_events, from this month on; returns how many';

-- Drops one month, never the default partition, unless it contains an event of a run that still exists. Retention decides which
-- runs are deleted; this only frees the space at once.
CREATE OR REPLACE FUNCTION odin_drop_history_partition(p_partition regclass)
RETURNS void
LANGUAGE plpgsql
AS $function$
DECLARE
    in_use boolean;
BEGIN
    IF NOT EXISTS (SELECT
                     FROM pg_inherits i
                     JOIN pg_partitioned_table t ON t.partrelid = i.inhparent
                    WHERE i.inhparent = 'history_events'::regclass
                      AND i.inhrelid = p_partition
                      AND i.inhrelid <> t.partdefid) THEN
        RAISE EXCEPTION '% is not a monthly partition of history_events', p_partition
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', p_partition);
    EXECUTE format('SELECT EXISTS (SELECT FROM %s JOIN workflow_executions
                                   USING (namespace_id, workflow_id, run_id))', p_partition)
       INTO in_use;
    IF in_use THEN
        RAISE EXCEPTION '% holds events of runs that still exist', p_partition
            USING ERRCODE = 'object_in_use', HINT = 'Let retention delete the runs first.';
    END IF;
    EXECUTE format('ALTER TABLE history_events DETACH PARTITION %s', p_partition);
    EXECUTE format('DROP TABLE %s', p_partition);
END;
$function$;

COMMENT ON FUNCTION odin_drop_history_partition(regclass) IS
    'Detaches and drops a partition of history_events; refuses while one of its runs exists';

-- As 10_functions.sql does for its own.
DO $path$
BEGIN
    EXECUTE format('ALTER FUNCTION odin_add_history_partitions(integer) SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION odin_drop_history_partition(regclass) SET search_path = %I, pg_temp', current_schema());
END;
$path$;

SELECT odin_add_history_partitions();
