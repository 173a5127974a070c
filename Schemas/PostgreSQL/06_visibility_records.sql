-- Odin persistence, PostgreSQL: visibility (what lists, counts and searches read), tags, search attributes.

CREATE TABLE IF NOT EXISTS visibility_records (
    namespace_id            uuid                       NOT NULL,
    workflow_id             varchar(255) COLLATE "C"   NOT NULL,
    run_id                  uuid                       NOT NULL,
    workflow_type           varchar(255) COLLATE "C"   NOT NULL,
    task_queue              varchar(255) COLLATE "C"   NOT NULL,
    workflow_state          varchar(50) COLLATE "C"    NOT NULL DEFAULT 'running',
    start_time              timestamptz                NOT NULL DEFAULT now(),
    execution_time          timestamptz                NOT NULL DEFAULT now(),
    close_time              timestamptz,
    status                  varchar(255) COLLATE "C",
    history_length          bigint                     NOT NULL DEFAULT 0,
    execution_duration_ms   bigint,
    state_transition_count  bigint                     NOT NULL DEFAULT 0,
    memo                    jsonb,
    search_attributes       jsonb,
    parent_workflow_id      varchar(255) COLLATE "C",
    parent_run_id           uuid,
    created_at              timestamptz                NOT NULL DEFAULT now(),
    updated_at              timestamptz                NOT NULL DEFAULT now(),
    version                 bigint                     NOT NULL DEFAULT 0,
    deleted_at              timestamptz,
    close_time_or_max       timestamptz                GENERATED ALWAYS AS
        (COALESCE(close_time, TIMESTAMPTZ '9999-12-31 23:59:59.999999+00')) STORED,
    CONSTRAINT pk_visibility_records PRIMARY KEY (namespace_id, workflow_id, run_id),
    -- A deleted record keeps its row for a while, without type and queue.
    CONSTRAINT ck_visibility_records_values CHECK (workflow_id <> '' AND parent_workflow_id <> ''),
    CONSTRAINT ck_visibility_records_state CHECK (workflow_state IN
        ('running', 'completed', 'failed', 'canceled', 'terminated', 'continued_as_new', 'timed_out')),
    CONSTRAINT ck_visibility_records_close_time CHECK ((workflow_state = 'running') = (close_time IS NULL))
)
WITH (
    fillfactor = 80,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.05
);

-- The default order: open runs first, then the latest closed; the latest started first. Each index continues with that order, so
-- that a page begins where the previous one ended. Deleted records are in none of them: query them with deleted_at IS NULL.
CREATE INDEX IF NOT EXISTS idx_visibility_records_close
    ON visibility_records (namespace_id, close_time_or_max DESC, start_time DESC, run_id DESC)
    WHERE deleted_at IS NULL;

CREATE INDEX IF NOT EXISTS idx_visibility_records_type
    ON visibility_records (namespace_id, workflow_type, close_time_or_max DESC, start_time DESC, run_id DESC)
    WHERE deleted_at IS NULL;

CREATE INDEX IF NOT EXISTS idx_visibility_records_state
    ON visibility_records (namespace_id, workflow_state, close_time_or_max DESC, start_time DESC, run_id DESC)
    WHERE deleted_at IS NULL;

CREATE INDEX IF NOT EXISTS idx_visibility_records_task_queue
    ON visibility_records (namespace_id, task_queue, close_time_or_max DESC, start_time DESC, run_id DESC)
    WHERE deleted_at IS NULL;

CREATE INDEX IF NOT EXISTS idx_visibility_records_parent
    ON visibility_records (namespace_id, parent_workflow_id, close_time_or_max DESC, start_time DESC, run_id DESC)
    WHERE parent_workflow_id IS NOT NULL AND deleted_at IS NULL;

-- The other orders.
CREATE INDEX IF NOT EXISTS idx_visibility_records_start
    ON visibility_records (namespace_id, start_time DESC, run_id DESC)
    WHERE deleted_at IS NULL;

CREATE INDEX IF NOT EXISTS idx_visibility_records_execution
    ON visibility_records (namespace_id, execution_time DESC, run_id DESC)
    WHERE deleted_at IS NULL;

-- search_attributes @> '{"CustomerId": "c-1"}'; for the operator class see 04_history_events.sql.
CREATE INDEX IF NOT EXISTS idx_visibility_records_search_attributes
    ON visibility_records USING gin (search_attributes jsonb_path_ops) WITH (fastupdate = on)
    WHERE deleted_at IS NULL;

-- The planner estimates such a search by the documents of the histogram. One of the default 100 that matches by chance makes it
-- expect a hundredth of all rows, and read a whole namespace in the order of the list instead of this index.
ALTER TABLE visibility_records ALTER COLUMN search_attributes SET STATISTICS 1000;

COMMENT ON TABLE visibility_records IS 'Searchable summary of each run, written by the commit that changes the run';
COMMENT ON COLUMN visibility_records.workflow_state IS 'State of the run (ExecutionStatus of the query language)';
COMMENT ON COLUMN visibility_records.start_time IS 'When the run was started';
COMMENT ON COLUMN visibility_records.execution_time IS 'When it was to begin: start time plus first delay';
COMMENT ON COLUMN visibility_records.status IS 'Status text of the application''s own, if it sets one';
COMMENT ON COLUMN visibility_records.version IS
    'Version of the run that this row shows; an older one never overwrites it';
COMMENT ON COLUMN visibility_records.deleted_at IS
    'Tombstone: deleted, and kept until purged so that a late write cannot bring the row back';
COMMENT ON COLUMN visibility_records.close_time_or_max IS
    'Close time, or the end of time while open: what lists are ordered by';

CREATE OR REPLACE TRIGGER trg_visibility_records_updated_at
    BEFORE UPDATE ON visibility_records
    FOR EACH ROW EXECUTE FUNCTION odin_touch_updated_at();

-- Purge of tombstones.
CREATE INDEX IF NOT EXISTS idx_visibility_records_deleted
    ON visibility_records (deleted_at)
    WHERE deleted_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS workflow_tags (
    namespace_id  uuid                       NOT NULL,
    workflow_id   varchar(255) COLLATE "C"   NOT NULL,
    run_id        uuid                       NOT NULL,
    tag_key       varchar(255) COLLATE "C"   NOT NULL,
    tag_value     varchar(255) COLLATE "C"   NOT NULL DEFAULT '',
    CONSTRAINT pk_workflow_tags PRIMARY KEY (namespace_id, workflow_id, run_id, tag_key),
    CONSTRAINT ck_workflow_tags_values CHECK (workflow_id <> '' AND tag_key <> '')
)
WITH (
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.05
);

-- Runs by tag; the run's key is in the index, so a search reads nothing else.
CREATE INDEX IF NOT EXISTS idx_workflow_tags_key_value
    ON workflow_tags (namespace_id, tag_key, tag_value, workflow_id, run_id);

COMMENT ON TABLE workflow_tags IS 'Tags of each run';

CREATE TABLE IF NOT EXISTS search_attributes (
    namespace_id    uuid                       NOT NULL,
    attribute_name  varchar(255) COLLATE "C"   NOT NULL,
    attribute_type  varchar(50) COLLATE "C"    NOT NULL,
    created_at      timestamptz                NOT NULL DEFAULT now(),
    CONSTRAINT pk_search_attributes PRIMARY KEY (namespace_id, attribute_name),
    CONSTRAINT ck_search_attributes_values CHECK (attribute_name <> ''),
    CONSTRAINT ck_search_attributes_type CHECK (attribute_type IN
        ('Keyword', 'KeywordList', 'Int', 'Double', 'Bool', 'Datetime'))
);

COMMENT ON TABLE search_attributes IS 'Search attributes that a namespace has registered, and their types';
