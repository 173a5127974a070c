-- Odin persistence, MySQL: workflow executions (runs), the current run of each workflow id, and the record of commits.

-- ---------------------------------------------------------------------------------------------------------------------
-- Runs
-- ---------------------------------------------------------------------------------------------------------------------

-- Each commit updates its row once and changes no indexed column until the run closes. The indexes therefore cost something
-- per run, not per commit.
CREATE TABLE IF NOT EXISTS workflow_executions (
    namespace_id              binary(16)    NOT NULL,
    workflow_id               varchar(255)  NOT NULL,
    run_id                    binary(16)    NOT NULL DEFAULT (UUID_TO_BIN(UUID())),
    workflow_type             varchar(255)  NOT NULL,
    task_queue                varchar(255)  NOT NULL,
    workflow_state            varchar(50)   NOT NULL DEFAULT 'running',
    execution_state           longblob COMMENT 'Serialized state of the run, opaque to the database',
    next_event_id             bigint        NOT NULL DEFAULT 1 COMMENT 'Id of the next history event: events 1 to next_event_id - 1 exist',
    last_processed_event_id   bigint        NOT NULL DEFAULT 0 COMMENT 'Last event that a worker has processed',
    workflow_timeout_seconds  bigint,
    run_timeout_seconds       bigint,
    task_timeout_seconds      bigint,
    retry_policy              json,
    cron_schedule             varchar(255),
    parent_workflow_id        varchar(255),
    parent_run_id             binary(16),
    initiated_id              bigint COMMENT 'Event of the parent that started this child',
    completion_event_id       bigint COMMENT 'Event that closed the run',
    memo                      json,
    search_attributes         json,
    auto_reset_points         json,
    started_at                datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    completed_at              datetime(6) COMMENT 'Set exactly when the run is closed',
    last_updated_at           datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) ON UPDATE CURRENT_TIMESTAMP(6),
    shard_id                  int           NOT NULL COMMENT 'calculate_shard_id(workflow_id, number of shards)',
    version                   bigint        NOT NULL DEFAULT 1 COMMENT 'Optimistic lock, each commit increments it',
    start_request_id          varchar(255) COMMENT 'Request that started the run: the same one again finds this run',
    base_run_id               binary(16) COMMENT 'Run of the same workflow from which this one has the beginning of its history (reset)',
    base_event_id             bigint COMMENT 'Last event that it has from there',
    history_size_bytes        bigint        NOT NULL DEFAULT 0 COMMENT 'Size of all history events, maintained by commits',
    signal_sequence           bigint        NOT NULL DEFAULT 0 COMMENT 'Sequence number of the latest signal received',
    archived_at               datetime(6) COMMENT 'When the run was archived, or a deletion in chunks began without archival: it is not archived after that',
    archive_checksum          longblob COMMENT 'SHA-256 of the archived events, null if it was not archived',
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
    CONSTRAINT ck_workflow_executions_base CHECK ((base_run_id IS NULL) = (base_event_id IS NULL) AND base_event_id >= 1),
    -- The owner of a shard loads its open runs: query it with one state.
    INDEX idx_workflow_executions_active (shard_id, workflow_state, namespace_id, workflow_id, run_id),
    -- All runs of a shard, paged the same way (administration, consistency check).
    INDEX idx_workflow_executions_shard (shard_id, namespace_id, workflow_id, run_id),
    -- Retention: the closed runs by age, per shard and namespace, since each namespace has its own retention. Open
    -- runs are separate: query it with (completed_at IS NULL) = false.
    INDEX idx_workflow_executions_closed (shard_id, namespace_id, (completed_at IS NULL), completed_at, workflow_id, run_id),
    -- The runs of one workflow id, newest first: read backwards.
    INDEX idx_workflow_executions_runs (namespace_id, workflow_id, started_at, run_id),
    -- The children of a run, in the order in which it started them.
    INDEX idx_workflow_executions_parent
        (namespace_id, parent_workflow_id, parent_run_id, initiated_id, workflow_id, run_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'One row per run: its mutable state';

-- ---------------------------------------------------------------------------------------------------------------------
-- The current run of each workflow id
-- ---------------------------------------------------------------------------------------------------------------------

-- This primary key guarantees at most one open run of a workflow id. Finding it is one index probe, however many old runs there
-- are.
CREATE TABLE IF NOT EXISTS workflow_current_runs (
    namespace_id      binary(16)    NOT NULL,
    workflow_id       varchar(255)  NOT NULL,
    run_id            binary(16)    NOT NULL,
    workflow_state    varchar(50)   NOT NULL DEFAULT 'running',
    start_request_id  varchar(255),
    started_at        datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    updated_at        datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) ON UPDATE CURRENT_TIMESTAMP(6),
    CONSTRAINT pk_workflow_current_runs PRIMARY KEY (namespace_id, workflow_id),
    CONSTRAINT ck_workflow_current_runs_values CHECK (workflow_id <> '' AND start_request_id <> ''),
    CONSTRAINT ck_workflow_current_runs_state CHECK (workflow_state IN
        ('running', 'completed', 'failed', 'canceled', 'terminated', 'continued_as_new', 'timed_out'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'The current (latest) run of each workflow id, open or closed';

-- ---------------------------------------------------------------------------------------------------------------------
-- Commits
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS workflow_commits (
    namespace_id  binary(16)   NOT NULL,
    commit_id     binary(16)   NOT NULL,
    content_hash  longblob     NOT NULL COMMENT 'Distinguishes a repetition from other content under the same commit id',
    shard_id      int          NOT NULL,
    committed_at  datetime(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    CONSTRAINT pk_workflow_commits PRIMARY KEY (namespace_id, commit_id),
    -- Rows are inserted in the order of time, at the end of this index, and deleted by age.
    INDEX idx_workflow_commits_committed_at (committed_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Ids of applied commits, which make commits idempotent, trimmed by age';

CREATE TABLE IF NOT EXISTS applied_writes (
    namespace_id  binary(16)   NOT NULL,
    write_id      binary(16)   NOT NULL COMMENT 'First half of content_hash, as a UUID',
    content_hash  longblob     NOT NULL COMMENT 'SHA-256 of the operation and all of its arguments',
    applied_at    datetime(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    CONSTRAINT pk_applied_writes PRIMARY KEY (namespace_id, write_id),
    INDEX idx_applied_writes_applied_at (applied_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Changes of namespaces and schedules, and imports: a repetition is recognized although others have changed the row since, trimmed by age';
