-- Odin persistence, PostgreSQL: task queues.
--
-- A task stays in task_queues until it is completed. A worker holds it under a lease, which is stored on the task row itself
-- (lease_id, leased_until, attempt_count); the row is the authority. A poll is therefore a short scan of one index, whatever the
-- backlog and the number of tasks in flight, and a task whose lease has expired becomes ready by itself. task_queue_leases
-- repeats the live leases for monitoring and is written in the same statement.
--
-- Lock order everywhere: task row first, lease row second.

-- Below zero, so that a generated id never equals one that a caller chose: those begin at 0. Ascending, so that tasks of one
-- instant are delivered in the order of insertion. 2^53 ids: exact in every language, and in JSON's numbers.
CREATE SEQUENCE IF NOT EXISTS task_id_sequence AS bigint MINVALUE -9007199254740991 START -9007199254740991 MAXVALUE -1;

COMMENT ON SEQUENCE task_id_sequence IS 'Generated task ids: below zero, ascending';

CREATE TABLE IF NOT EXISTS task_queues (
    namespace_id     uuid                       NOT NULL,
    task_queue_name  varchar(255) COLLATE "C"   NOT NULL,
    task_queue_type  varchar(50) COLLATE "C"    NOT NULL,
    task_id          bigint                     NOT NULL DEFAULT nextval('task_id_sequence'),
    workflow_id      varchar(255) COLLATE "C"   NOT NULL,
    run_id           uuid                       NOT NULL,
    scheduled_at     timestamptz                NOT NULL DEFAULT now(),
    expiry_at        timestamptz,
    task_data        jsonb                      NOT NULL DEFAULT '{}',
    task_bytes       bytea,
    partition_hash   integer                    NOT NULL DEFAULT 0,
    created_at       timestamptz                NOT NULL DEFAULT now(),
    priority         smallint                   NOT NULL DEFAULT 3,
    attempt_count    integer                    NOT NULL DEFAULT 0,
    lease_id         uuid,
    leased_until     timestamptz,
    content_hash     bytea,
    available_at     timestamptz                GENERATED ALWAYS AS (COALESCE(leased_until, scheduled_at)) STORED,
    CONSTRAINT pk_task_queues PRIMARY KEY (namespace_id, task_queue_name, task_queue_type, task_id),
    CONSTRAINT ck_task_queues_values CHECK (
        task_queue_name <> ''
        AND workflow_id <> ''
        AND scheduled_at BETWEEN '1970-01-01 00:00+00' AND '9999-12-31 23:59:59.999999+00'
        AND expiry_at BETWEEN '1970-01-01 00:00+00' AND '9999-12-31 23:59:59.999999+00'
    ),
    CONSTRAINT ck_task_queues_type CHECK (task_queue_type IN ('workflow', 'activity')),
    CONSTRAINT ck_task_queues_priority CHECK (priority BETWEEN 1 AND 5),
    CONSTRAINT ck_task_queues_partition_hash CHECK (partition_hash >= 0),
    CONSTRAINT ck_task_queues_lease CHECK ((lease_id IS NULL) = (leased_until IS NULL))
)
-- Rows live for seconds: vacuum early and without delay, or polls scan dead index entries. The fillfactor lets a claim store the
-- new version of the row on the same page.
WITH (
    fillfactor = 80,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0.05
);

-- Polls: per priority, the tasks by the time at which they become available. A leased or delayed task comes after all ready
-- tasks, so that a poll never reads past it. task_id breaks ties; partition_hash is tested in the index.
CREATE INDEX IF NOT EXISTS idx_task_queues_pending
    ON task_queues (namespace_id, task_queue_name, task_queue_type, priority, available_at, task_id, partition_hash);

-- Purge of tasks that were not taken in time. Most tasks have no expiry and do not pay for this index.
CREATE INDEX IF NOT EXISTS idx_task_queues_expiry
    ON task_queues (expiry_at)
    WHERE expiry_at IS NOT NULL;

COMMENT ON TABLE task_queues IS 'Tasks that are waiting or leased; a completed task is deleted';
COMMENT ON COLUMN task_queues.scheduled_at IS 'Not delivered before';
COMMENT ON COLUMN task_queues.expiry_at IS 'Not delivered from this time on; null: never expires';
COMMENT ON COLUMN task_queues.task_bytes IS 'The payload, if it is bytes: task_data is {} then; null: it is task_data';
COMMENT ON COLUMN task_queues.partition_hash IS '31-bit hash of the workflow id; a partition is a slice of 0 to 2^31 - 1';
COMMENT ON COLUMN task_queues.priority IS '1 (first) to 5';
COMMENT ON COLUMN task_queues.attempt_count IS 'Number of deliveries; kept when a lease ends';
COMMENT ON COLUMN task_queues.lease_id IS 'The latest lease, live until leased_until; null: none';
COMMENT ON COLUMN task_queues.content_hash IS
    'SHA-256 of what was enqueued under an id of the caller; null: the id was generated';
COMMENT ON COLUMN task_queues.available_at IS 'Ready from this time on: end of the lease, or scheduled_at';

CREATE TABLE IF NOT EXISTS task_queue_leases (
    namespace_id      uuid                       NOT NULL,
    task_queue_name   varchar(255) COLLATE "C"   NOT NULL,
    task_queue_type   varchar(50) COLLATE "C"    NOT NULL,
    task_id           bigint                     NOT NULL,
    lease_id          uuid                       NOT NULL DEFAULT gen_random_uuid(),
    worker_identity   varchar(255) COLLATE "C"   NOT NULL,
    leased_at         timestamptz                NOT NULL DEFAULT now(),
    lease_expires_at  timestamptz                NOT NULL,
    heartbeat_at      timestamptz                NOT NULL DEFAULT now(),
    attempt_count     integer                    NOT NULL DEFAULT 1,
    CONSTRAINT pk_task_queue_leases PRIMARY KEY (namespace_id, task_queue_name, task_queue_type, task_id),
    CONSTRAINT ck_task_queue_leases_values CHECK (task_queue_name <> '' AND worker_identity <> '')
)
-- There is no index but the primary key: the table is as small as the work in flight, a heartbeat stays a HOT update, and only
-- housekeeping searches for expired leases.
WITH (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0.05
);

COMMENT ON TABLE task_queue_leases IS 'One row per leased task, with its worker; repeats the lease of the task row';
COMMENT ON COLUMN task_queue_leases.attempt_count IS 'Number of the attempt, from 1';

CREATE TABLE IF NOT EXISTS task_dead_letters (
    namespace_id     uuid                       NOT NULL,
    task_queue_name  varchar(255) COLLATE "C"   NOT NULL,
    task_queue_type  varchar(50) COLLATE "C"    NOT NULL,
    task_id          bigint                     NOT NULL,
    workflow_id      varchar(255) COLLATE "C"   NOT NULL,
    run_id           uuid                       NOT NULL,
    priority         smallint                   NOT NULL DEFAULT 3,
    partition_hash   integer                    NOT NULL DEFAULT 0,
    attempt_count    integer                    NOT NULL DEFAULT 0,
    reason           text,
    task_data        jsonb                      NOT NULL DEFAULT '{}',
    task_bytes       bytea,
    scheduled_at     timestamptz                NOT NULL DEFAULT now(),
    expiry_at        timestamptz,
    created_at       timestamptz                NOT NULL DEFAULT now(),
    dead_at          timestamptz                NOT NULL DEFAULT now(),
    content_hash     bytea,
    CONSTRAINT pk_task_dead_letters PRIMARY KEY (namespace_id, task_queue_name, task_queue_type, task_id),
    CONSTRAINT ck_task_dead_letters_values CHECK (task_queue_name <> '' AND workflow_id <> ''),
    CONSTRAINT ck_task_dead_letters_type CHECK (task_queue_type IN ('workflow', 'activity'))
);

COMMENT ON TABLE task_dead_letters IS 'Tasks that failed at their last attempt; kept until they are redriven or deleted';
COMMENT ON COLUMN task_dead_letters.task_bytes IS 'As task_queues.task_bytes';
COMMENT ON COLUMN task_dead_letters.created_at IS 'When the task was enqueued';

CREATE TABLE IF NOT EXISTS task_completions (
    namespace_id  uuid         NOT NULL,
    lease_id      uuid         NOT NULL,
    completed_at  timestamptz  NOT NULL DEFAULT now(),
    lease_end     varchar(50)  NOT NULL DEFAULT 'completed',
    CONSTRAINT pk_task_completions PRIMARY KEY (namespace_id, lease_id),
    CONSTRAINT ck_task_completions_lease_end CHECK (lease_end IN ('completed', 'retried', 'dead', 'released'))
)
WITH (
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_vacuum_insert_scale_factor = 0.05
);

CREATE INDEX IF NOT EXISTS idx_task_completions_completed_at
    ON task_completions USING brin (completed_at) WITH (autosummarize = on);

COMMENT ON TABLE task_completions IS
    'Leases that their workers have ended: makes completing, failing and releasing idempotent; trimmed by age';
COMMENT ON COLUMN task_completions.lease_end IS
    'What became of the task: completed, retried (failed), dead (failed for good) or released';

-- Generated ids are below zero and never enqueued twice: their tasks, which are most, leave no row here.
CREATE TABLE IF NOT EXISTS task_endings (
    namespace_id     uuid                       NOT NULL,
    task_queue_name  varchar(255) COLLATE "C"   NOT NULL,
    task_queue_type  varchar(50) COLLATE "C"    NOT NULL,
    task_id          bigint                     NOT NULL,
    content_hash     bytea,
    ended_at         timestamptz                NOT NULL DEFAULT now(),
    CONSTRAINT pk_task_endings PRIMARY KEY (namespace_id, task_queue_name, task_queue_type, task_id),
    CONSTRAINT ck_task_endings_values CHECK (task_queue_name <> ''),
    CONSTRAINT ck_task_endings_type CHECK (task_queue_type IN ('workflow', 'activity')),
    CONSTRAINT ck_task_endings_task_id CHECK (task_id >= 0)
)
WITH (
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_vacuum_insert_scale_factor = 0.05
);

CREATE INDEX IF NOT EXISTS idx_task_endings_ended_at
    ON task_endings USING brin (ended_at) WITH (autosummarize = on);

COMMENT ON TABLE task_endings IS
    'Ids of callers whose task was completed, became a dead letter or was purged: makes enqueuing idempotent; trimmed by age';
COMMENT ON COLUMN task_endings.content_hash IS 'Distinguishes a repetition from another task under the same id';
