-- Odin persistence, MySQL: task queues.
--
-- A task stays in task_queues until it is completed. A worker holds it under a lease, which is stored on the task row itself
-- (lease_id, leased_until, attempt_count). The row is the authority. A poll is therefore a short scan of one index, whatever the
-- backlog and the number of tasks in flight, and a task whose lease has expired becomes ready by itself. task_queue_leases
-- repeats the live leases for monitoring and is written in the same transaction.
--
-- Lock order everywhere: task row first, lease row second.

-- MySQL has no sequences. A row inserted here reserves a block of 1,000 ids, and may be deleted at once: an auto-increment holds
-- no lock until commit and is never used twice. Block b, from 1, contains the ids from 1000 * b - 9007199254740991 on. Below
-- zero, so that a generated id never equals one that a caller chose: those begin at 0. Ascending, so that tasks of one instant are
-- delivered in the order of insertion. 2^53 ids: exact in every language, and in JSON's numbers.
CREATE TABLE IF NOT EXISTS task_id_sequence (
    block_id  bigint  NOT NULL AUTO_INCREMENT,
    CONSTRAINT pk_task_id_sequence PRIMARY KEY (block_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Generated task ids: below zero, ascending';

CREATE TABLE IF NOT EXISTS task_queues (
    namespace_id     binary(16)    NOT NULL,
    task_queue_name  varchar(255)  NOT NULL,
    task_queue_type  varchar(50)   NOT NULL,
    task_id          bigint        NOT NULL COMMENT 'Filled in when an INSERT leaves it out (trigger)',
    workflow_id      varchar(255)  NOT NULL,
    run_id           binary(16)    NOT NULL,
    scheduled_at     datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) COMMENT 'Not delivered before',
    expiry_at        datetime(6) COMMENT 'Not delivered from this time on, null: never expires',
    task_data        json          NOT NULL DEFAULT (JSON_OBJECT()),
    task_bytes       longblob COMMENT 'The payload, if it is bytes: task_data is {} then, null: it is task_data',
    partition_hash   int           NOT NULL DEFAULT 0 COMMENT '31-bit hash of the workflow id, a partition is a slice of 0 to 2^31 - 1',
    created_at       datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    priority         smallint      NOT NULL DEFAULT 3 COMMENT '1 (first) to 5',
    attempt_count    int           NOT NULL DEFAULT 0 COMMENT 'Number of deliveries, kept when a lease ends',
    lease_id         binary(16) COMMENT 'The latest lease, live until leased_until, null: none',
    leased_until     datetime(6),
    content_hash     longblob COMMENT 'SHA-256 of what was enqueued under an id of the caller, null: the id was generated',
    -- With a trigger on the table, MySQL first computes this before the other columns have their values, and refuses the zero
    -- date that it finds: hence the test of the year.
    available_at     datetime(6) GENERATED ALWAYS AS (COALESCE(leased_until, IF(YEAR(scheduled_at) = 0, NULL, scheduled_at))) STORED COMMENT 'Ready from this time on: end of the lease, or scheduled_at',
    CONSTRAINT pk_task_queues PRIMARY KEY (namespace_id, task_queue_name, task_queue_type, task_id),
    CONSTRAINT ck_task_queues_values CHECK (
        task_queue_name <> ''
        AND workflow_id <> ''
        AND scheduled_at >= '1970-01-01'
        AND expiry_at >= '1970-01-01'
    ),
    CONSTRAINT ck_task_queues_type CHECK (task_queue_type IN ('workflow', 'activity')),
    CONSTRAINT ck_task_queues_priority CHECK (priority BETWEEN 1 AND 5),
    CONSTRAINT ck_task_queues_partition_hash CHECK (partition_hash >= 0),
    CONSTRAINT ck_task_queues_lease CHECK ((lease_id IS NULL) = (leased_until IS NULL)),
    -- Polls: per priority, the tasks by the time at which they become available. A leased or delayed task comes after all ready
    -- tasks, so that a poll never reads past it. task_id breaks ties, partition_hash is tested in the index.
    INDEX idx_task_queues_pending
        (namespace_id, task_queue_name, task_queue_type, priority, available_at, task_id, partition_hash),
    -- Purge of tasks that were not taken in time.
    INDEX idx_task_queues_expiry (expiry_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Tasks that are waiting or leased, a completed task is deleted';

-- There is no index but the primary key: the table is as small as the work in flight, and only housekeeping searches for expired
-- leases.
CREATE TABLE IF NOT EXISTS task_queue_leases (
    namespace_id      binary(16)    NOT NULL,
    task_queue_name   varchar(255)  NOT NULL,
    task_queue_type   varchar(50)   NOT NULL,
    task_id           bigint        NOT NULL,
    lease_id          binary(16)    NOT NULL DEFAULT (UUID_TO_BIN(UUID())),
    worker_identity   varchar(255)  NOT NULL,
    leased_at         datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    lease_expires_at  datetime(6)   NOT NULL,
    heartbeat_at      datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    attempt_count     int           NOT NULL DEFAULT 1 COMMENT 'Number of the attempt, from 1',
    CONSTRAINT pk_task_queue_leases PRIMARY KEY (namespace_id, task_queue_name, task_queue_type, task_id),
    CONSTRAINT ck_task_queue_leases_values CHECK (task_queue_name <> '' AND worker_identity <> '')
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'One row per leased task, with its worker, repeats the lease of the task row';

CREATE TABLE IF NOT EXISTS task_dead_letters (
    namespace_id     binary(16)    NOT NULL,
    task_queue_name  varchar(255)  NOT NULL,
    task_queue_type  varchar(50)   NOT NULL,
    task_id          bigint        NOT NULL,
    workflow_id      varchar(255)  NOT NULL,
    run_id           binary(16)    NOT NULL,
    priority         smallint      NOT NULL DEFAULT 3,
    partition_hash   int           NOT NULL DEFAULT 0,
    attempt_count    int           NOT NULL DEFAULT 0,
    reason           longtext,
    task_data        json          NOT NULL DEFAULT (JSON_OBJECT()),
    task_bytes       longblob COMMENT 'The payload, if it is bytes: task_data is {} then, null: it is task_data',
    scheduled_at     datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    expiry_at        datetime(6),
    created_at       datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) COMMENT 'When the task was enqueued',
    dead_at          datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    content_hash     longblob,
    CONSTRAINT pk_task_dead_letters PRIMARY KEY (namespace_id, task_queue_name, task_queue_type, task_id),
    CONSTRAINT ck_task_dead_letters_values CHECK (task_queue_name <> '' AND workflow_id <> ''),
    CONSTRAINT ck_task_dead_letters_type CHECK (task_queue_type IN ('workflow', 'activity'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Tasks that failed at their last attempt, kept until they are redriven or deleted';

CREATE TABLE IF NOT EXISTS task_completions (
    namespace_id  binary(16)   NOT NULL,
    lease_id      binary(16)   NOT NULL,
    completed_at  datetime(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    lease_end     varchar(50)  NOT NULL DEFAULT 'completed' COMMENT 'What became of the task: completed, retried (failed), dead (failed for good) or released',
    CONSTRAINT pk_task_completions PRIMARY KEY (namespace_id, lease_id),
    CONSTRAINT ck_task_completions_lease_end CHECK (lease_end IN ('completed', 'retried', 'dead', 'released')),
    INDEX idx_task_completions_completed_at (namespace_id, completed_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Leases that their workers have ended: makes completing, failing and releasing idempotent, trimmed by age';

-- Generated ids are below zero and never enqueued twice: their tasks, which are most, leave no row here.
CREATE TABLE IF NOT EXISTS task_endings (
    namespace_id     binary(16)    NOT NULL,
    task_queue_name  varchar(255)  NOT NULL,
    task_queue_type  varchar(50)   NOT NULL,
    task_id          bigint        NOT NULL,
    content_hash     longblob COMMENT 'Distinguishes a repetition from another task under the same id',
    ended_at         datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    CONSTRAINT pk_task_endings PRIMARY KEY (namespace_id, task_queue_name, task_queue_type, task_id),
    CONSTRAINT ck_task_endings_values CHECK (task_queue_name <> ''),
    CONSTRAINT ck_task_endings_type CHECK (task_queue_type IN ('workflow', 'activity')),
    CONSTRAINT ck_task_endings_task_id CHECK (task_id >= 0),
    INDEX idx_task_endings_ended_at (namespace_id, ended_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Ids of callers whose task was completed, became a dead letter or was purged: makes enqueuing idempotent, trimmed by age';
