-- Odin persistence, PostgreSQL: the history of each run.
--
-- Append-only. Rows are never updated, and only retention deletes them. This is the largest table: see optional/partitioning_*.sql
-- before the first row is written, and optional/drop_event_data_index.sql if no query reads the contents of events.

CREATE TABLE IF NOT EXISTS history_events (
    namespace_id     uuid                       NOT NULL,
    workflow_id      varchar(255) COLLATE "C"   NOT NULL,
    run_id           uuid                       NOT NULL,
    event_id         bigint                     NOT NULL,
    event_type       varchar(255) COLLATE "C"   NOT NULL,
    event_timestamp  timestamptz                NOT NULL DEFAULT now(),
    task_id          bigint                     NOT NULL DEFAULT -1,
    version          bigint                     NOT NULL DEFAULT 1,
    event_data       jsonb                      NOT NULL DEFAULT '{}',
    event_bytes      bytea,
    created_at       timestamptz                NOT NULL DEFAULT now(),
    CONSTRAINT pk_history_events PRIMARY KEY (namespace_id, workflow_id, run_id, event_id),
    CONSTRAINT ck_history_events_values CHECK (workflow_id <> '' AND event_type <> ''),
    CONSTRAINT ck_history_events_event_id CHECK (event_id >= 1)
)
-- Insert-only: full pages, and vacuum after inserts, so that the visibility map and freezing keep up with the table.
WITH (
    fillfactor = 100,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_vacuum_insert_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.05
);

-- For event_data @> '{...}'. jsonb_path_ops with the pending list (fastupdate) reduces the rate of appends of 5 events by a
-- fifth; the default operator class by a third; without the pending list by up to 60 %.
CREATE INDEX IF NOT EXISTS idx_history_events_event_data
    ON history_events USING gin (event_data jsonb_path_ops) WITH (fastupdate = on);

-- Events of one type over a period, across runs: rows are stored in the order of time, so a block range index suffices, at almost
-- no cost for an append. Within one run the primary key is used. There is no B-tree on the type, because every append would pay
-- for it.
CREATE INDEX IF NOT EXISTS idx_history_events_event_timestamp
    ON history_events USING brin (event_timestamp) WITH (autosummarize = on);

COMMENT ON TABLE history_events IS 'Immutable event log of each run; event ids are contiguous from 1';
COMMENT ON COLUMN history_events.event_id IS 'Position in the history of the run, from 1, without gaps';
COMMENT ON COLUMN history_events.event_timestamp IS 'When it happened, by the engine''s clock';
COMMENT ON COLUMN history_events.task_id IS 'Task that the event belongs to; -1: none';
COMMENT ON COLUMN history_events.version IS 'Version of the event''s format';
COMMENT ON COLUMN history_events.event_bytes IS 'The payload, if it is bytes: event_data is {} then; null: it is event_data';
COMMENT ON COLUMN history_events.created_at IS 'When the row was written';
