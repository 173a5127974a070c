-- Odin persistence, PostgreSQL: workflow executions (runs), the current run of each workflow id, and the record of commits.

-- ---------------------------------------------------------------------------------------------------------------------
-- Runs
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS workflow_executions (
    namespace_id              uuid                       NOT NULL,
    workflow_id               varchar(255) COLLATE "C"   NOT NULL,
    run_id                    uuid                       NOT NULL DEFAULT gen_random_uuid(),
    workflow_type             varchar(255) COLLATE "C"   NOT NULL,
    task_queue                varchar(255) COLLATE "C"   NOT NULL,
    workflow_state            varchar(50)                NOT NULL DEFAULT 'running',
    execution_state           bytea,
    next_event_id             bigint                     NOT NULL DEFAULT 1,
    last_processed_event_id   bigint                     NOT NULL DEFAULT 0,
    workflow_timeout_seconds  bigint,
    run_timeout_seconds       bigint,
    task_timeout_seconds      bigint,
    retry_policy              jsonb,
    cron_schedule             varchar(255) COLLATE "C",
    parent_workflow_id        varchar(255) COLLATE "C",
    parent_run_id             uuid,
    initiated_id              bigint,
    completion_event_id       bigint,
    memo                      jsonb,
    search_attributes         jsonb,
    auto_reset_points         jsonb,
    started_at                timestamptz                NOT NULL DEFAULT now(),
    completed_at              timestamptz,
    last_updated_at           timestamptz                NOT NULL DEFAULT now(),
    shard_id                  integer                    NOT NULL,
    version                   bigint                     NOT NULL DEFAULT 1,
    start_request_id          varchar(255) COLLATE "C",
    base_run_id               uuid,
    base_event_id             bigint,
    history_size_bytes        bigint                     NOT NULL DEFAULT 0,
    signal_sequence           bigint                     NOT NULL DEFAULT 0,
    archived_at               timestamptz,
    archive_checksum          bytea,
    CONSTRAINT pk_workflow_executions PRIMARY KEY (namespace_id, workflow_id, run_id),
    CONSTRAINT ck_workflow_executions_values CHECK (
        workflow_id <> ''
        AND workflow_type <> ''
        AND task_queue <> ''
        AND parent_workflow_id <> ''
        AND start_request_id <> ''
    ),
    CONSTRAINT ck_workflow_executions_state CHECK (workflow_state IN
        ('running', 'completed', 'failed', 'canceled', 'terminated', 'continued_as_new', 'timed_out')),
    CONSTRAINT ck_workflow_executions_completed_at CHECK ((workflow_state = 'running') = (completed_at IS NULL)),
    CONSTRAINT ck_workflow_executions_next_event_id CHECK (next_event_id >= 1),
    CONSTRAINT ck_workflow_executions_base CHECK ((base_run_id IS NULL) = (base_event_id IS NULL) AND base_event_id >= 1)
)
-- Each commit updates its row once and changes no indexed column until the run closes: free space on the page keeps those
-- updates HOT. The indexes below therefore cost something per run, not per commit.
WITH (
    fillfactor = 80,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.05
);

-- The owner of a shard loads its open runs. The query must contain workflow_state = 'running', or the predicate below, as a
-- constant: for a parameter, the planner cannot prove that this index contains the rows. The condition of the next page begins
-- with the shard as well, (shard_id, namespace_id, workflow_id, run_id) > (...): the planner estimates a comparison that begins
-- with namespace_id by that column alone, expects almost no rows, and scans the primary key past the runs of all other shards.
CREATE INDEX IF NOT EXISTS idx_workflow_executions_active
    ON workflow_executions (shard_id, namespace_id, workflow_id, run_id)
    WHERE workflow_state IN ('running', 'continued_as_new');

-- All runs of a shard, paged the same way (administration, consistency check).
CREATE INDEX IF NOT EXISTS idx_workflow_executions_shard
    ON workflow_executions (shard_id, namespace_id, workflow_id, run_id);

-- Retention: the closed runs by age, per shard and namespace, since each namespace has its own retention.
CREATE INDEX IF NOT EXISTS idx_workflow_executions_closed
    ON workflow_executions (shard_id, namespace_id, completed_at, workflow_id, run_id)
    WHERE completed_at IS NOT NULL;

-- The runs of one workflow id, newest first: read backwards, so that a page begins with one row comparison. It is partial,
-- although it contains all runs, so that only queries with this condition use it: where ids have one run each, the planner
-- estimates the same cost as for the primary key, and a commit that used it would scan all older runs of an id with thousands.
CREATE INDEX IF NOT EXISTS idx_workflow_executions_runs
    ON workflow_executions (namespace_id, workflow_id, started_at, run_id)
    WHERE started_at > '-infinity';

-- The children of a run, in the order in which it started them.
CREATE INDEX IF NOT EXISTS idx_workflow_executions_parent
    ON workflow_executions (namespace_id, parent_workflow_id, parent_run_id, initiated_id, workflow_id, run_id)
    WHERE parent_workflow_id IS NOT NULL;

COMMENT ON TABLE workflow_executions IS 'One row per run: its mutable state';
COMMENT ON COLUMN workflow_executions.execution_state IS 'Serialized state of the run; opaque to the database';
COMMENT ON COLUMN workflow_executions.next_event_id IS
    'Id of the next history event; events 1 to next_event_id - 1 exist';
COMMENT ON COLUMN workflow_executions.last_processed_event_id IS 'Last event that a worker has processed';
COMMENT ON COLUMN workflow_executions.initiated_id IS 'Event of the parent that started this child';
COMMENT ON COLUMN workflow_executions.completion_event_id IS 'Event that closed the run';
COMMENT ON COLUMN workflow_executions.completed_at IS 'Set exactly when the run is closed';
COMMENT ON COLUMN workflow_executions.shard_id IS 'calculate_shard_id(workflow_id, number of shards)';
COMMENT ON COLUMN workflow_executions.version IS 'Optimistic lock; each commit increments it';
COMMENT ON COLUMN workflow_executions.start_request_id IS
    'Request that started the run; the same one again finds this run';
COMMENT ON COLUMN workflow_executions.base_run_id IS
    'Run of the same workflow from which this one has the beginning of its history (reset)';
COMMENT ON COLUMN workflow_executions.base_event_id IS 'Last event that it has from there';
COMMENT ON COLUMN workflow_executions.history_size_bytes IS 'Size of all history events, maintained by commits';
COMMENT ON COLUMN workflow_executions.signal_sequence IS 'Sequence number of the latest signal received';
COMMENT ON COLUMN workflow_executions.archived_at IS
    'When the run was archived, or a deletion in chunks began without archival; it is not archived after that';
COMMENT ON COLUMN workflow_executions.archive_checksum IS 'SHA-256 of the archived events; null if it was not archived';

-- Only for statements that do not set the column; commits set it, and do not pay for the call.
CREATE OR REPLACE TRIGGER trg_workflow_executions_updated_at
    BEFORE UPDATE ON workflow_executions
    FOR EACH ROW WHEN (NEW.last_updated_at = OLD.last_updated_at)
    EXECUTE FUNCTION odin_touch_updated_at();

-- ---------------------------------------------------------------------------------------------------------------------
-- The current run of each workflow id
-- ---------------------------------------------------------------------------------------------------------------------

-- This primary key guarantees at most one open run of a workflow id. Finding it is one index probe, however many old runs there
-- are.
CREATE TABLE IF NOT EXISTS workflow_current_runs (
    namespace_id      uuid                       NOT NULL,
    workflow_id       varchar(255) COLLATE "C"   NOT NULL,
    run_id            uuid                       NOT NULL,
    workflow_state    varchar(50)                NOT NULL DEFAULT 'running',
    start_request_id  varchar(255) COLLATE "C",
    started_at        timestamptz                NOT NULL DEFAULT now(),
    updated_at        timestamptz                NOT NULL DEFAULT now(),
    CONSTRAINT pk_workflow_current_runs PRIMARY KEY (namespace_id, workflow_id),
    CONSTRAINT ck_workflow_current_runs_values CHECK (workflow_id <> '' AND start_request_id <> ''),
    CONSTRAINT ck_workflow_current_runs_state CHECK (workflow_state IN
        ('running', 'completed', 'failed', 'canceled', 'terminated', 'continued_as_new', 'timed_out'))
)
WITH (
    fillfactor = 80,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.05
);

COMMENT ON TABLE workflow_current_runs IS 'The current (latest) run of each workflow id, open or closed';

CREATE OR REPLACE TRIGGER trg_workflow_current_runs_updated_at
    BEFORE UPDATE ON workflow_current_runs
    FOR EACH ROW EXECUTE FUNCTION odin_touch_updated_at();

-- ---------------------------------------------------------------------------------------------------------------------
-- Commits
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS workflow_commits (
    namespace_id  uuid         NOT NULL,
    commit_id     uuid         NOT NULL,
    content_hash  bytea        NOT NULL,
    shard_id      integer      NOT NULL,
    committed_at  timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT pk_workflow_commits PRIMARY KEY (namespace_id, commit_id)
)
WITH (
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_vacuum_insert_scale_factor = 0.05
);

-- Rows are inserted in the order of time and deleted by age: a block range index suffices, at a thousandth of a B-tree's size.
CREATE INDEX IF NOT EXISTS idx_workflow_commits_committed_at
    ON workflow_commits USING brin (committed_at) WITH (autosummarize = on);

COMMENT ON TABLE workflow_commits IS
    'Ids of applied commits, which make commits idempotent; trimmed by age';
COMMENT ON COLUMN workflow_commits.content_hash IS 'Distinguishes a repetition from other content under the same commit id';

CREATE TABLE IF NOT EXISTS applied_writes (
    namespace_id  uuid         NOT NULL,
    write_id      uuid         NOT NULL,
    content_hash  bytea        NOT NULL,
    applied_at    timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT pk_applied_writes PRIMARY KEY (namespace_id, write_id)
)
WITH (
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_vacuum_insert_scale_factor = 0.05
);

CREATE INDEX IF NOT EXISTS idx_applied_writes_applied_at
    ON applied_writes USING brin (applied_at) WITH (autosummarize = on);

COMMENT ON TABLE applied_writes IS
    'Changes of namespaces and schedules, and imports: a repetition is recognized although others have changed the row since; trimmed by age';
COMMENT ON COLUMN applied_writes.write_id IS 'First half of content_hash, as a UUID';
COMMENT ON COLUMN applied_writes.content_hash IS 'SHA-256 of the operation and all of its arguments';
