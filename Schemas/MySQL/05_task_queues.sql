-- Odin persistence, MySQL: task queues.
--
-- A task stays in task_queues until it is completed. A worker holds it under a lease, and what a poll needs to know of the
-- lease stands on the task row itself (lease_id, leased_until, attempt_count): the row is the authority. Polling is then a
-- short walk along one index, whatever the backlog and however many tasks are in flight, and a task whose lease has run out
-- becomes ready by itself. task_queue_leases mirrors the live leases for monitoring and is written in the same transaction.
--
-- Lock order everywhere: task row first, lease row second.

-- MySQL has no sequences. A row inserted here takes a block of 1,000 ids, and may be deleted at once: an auto-increment holds
-- no lock until commit and is never given twice. Block b, from 1, is the ids from 1000 * b - 9007199254740991 on. Below zero,
-- so that an id made here never meets one that a caller chose: those begin at 0. Rising, so that tasks of one moment are
-- delivered in the order in which they came. 2^53 of them: exact in every language, JSON's numbers included.
CREATE TABLE IF NOT EXISTS task_id_sequence (
    block_id  bigint  NOT NULL AUTO_INCREMENT,
    CONSTRAINT pk_task_id_sequence PRIMARY KEY (block_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Task ids for those who bring none: below zero, rising';

CREATE TABLE IF NOT EXISTS task_queues (
    namespace_id     binary(16)    NOT NULL,
    task_queue_name  varchar(255)  NOT NULL,
    task_queue_type  varchar(50)   NOT NULL,
    task_id          bigint        NOT NULL COMMENT 'Filled in when an INSERT leaves it out (trigger)',
    workflow_id      varchar(255)  NOT NULL,
    run_id           binary(16)    NOT NULL,
    scheduled_at     datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) COMMENT 'Not to be handed out before',
    expiry_at        datetime(6) COMMENT 'Not to be handed out from here on, null: never expires',
    task_data        json          NOT NULL DEFAULT (JSON_OBJECT()),
    partition_hash   int           NOT NULL DEFAULT 0 COMMENT '31-bit hash of the workflow id, a partition is a slice of 0 to 2^31 - 1',
    created_at       datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    priority         smallint      NOT NULL DEFAULT 3 COMMENT '1 (first) to 5',
    attempt_count    int           NOT NULL DEFAULT 0 COMMENT 'How often the task was handed out, survives the end of a lease',
    lease_id         binary(16) COMMENT 'The latest lease, live while leased_until lies ahead, null: none',
    leased_until     datetime(6),
    -- With a trigger on the table, MySQL computes this a first time before the other columns have their values, and refuses
    -- the zero date that it finds: hence the look at the year.
    available_at     datetime(6) GENERATED ALWAYS AS (COALESCE(leased_until, IF(YEAR(scheduled_at) = 0, NULL, scheduled_at))) STORED COMMENT 'Ready from this moment on: end of the lease, or scheduled_at',
    CONSTRAINT pk_task_queues PRIMARY KEY (namespace_id, task_queue_name, task_queue_type, task_id),
    CONSTRAINT ck_task_queues_type CHECK (task_queue_type IN ('workflow', 'activity')),
    CONSTRAINT ck_task_queues_priority CHECK (priority BETWEEN 1 AND 5),
    CONSTRAINT ck_task_queues_partition_hash CHECK (partition_hash >= 0),
    CONSTRAINT ck_task_queues_lease CHECK ((lease_id IS NULL) = (leased_until IS NULL)),
    -- The poll. Per priority, the tasks by the time from which they are available: a leased or delayed task stands behind all
    -- ready ones, so that a poll never reads past it. task_id breaks ties, partition_hash is there to be tested in the index.
    INDEX idx_task_queues_pending
        (namespace_id, task_queue_name, task_queue_type, priority, available_at, task_id, partition_hash),
    -- Purge of tasks that nobody took in time.
    INDEX idx_task_queues_expiry (expiry_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Tasks that are waiting or leased, a completed task is deleted';

-- No index but the key: the table is as small as the work in flight, and only housekeeping looks for expired leases.
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
    attempt_count     int           NOT NULL DEFAULT 1 COMMENT 'Attempt that this lease is, from 1',
    CONSTRAINT pk_task_queue_leases PRIMARY KEY (namespace_id, task_queue_name, task_queue_type, task_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'One row per leased task: who holds it, mirror of the lease on the task row';

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
    scheduled_at     datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    expiry_at        datetime(6),
    created_at       datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) COMMENT 'When the task was enqueued',
    dead_at          datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    CONSTRAINT pk_task_dead_letters PRIMARY KEY (namespace_id, task_queue_name, task_queue_type, task_id),
    CONSTRAINT ck_task_dead_letters_type CHECK (task_queue_type IN ('workflow', 'activity'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Tasks that failed too often, kept until somebody redrives or deletes them';

CREATE TABLE IF NOT EXISTS task_completions (
    namespace_id  binary(16)   NOT NULL,
    lease_id      binary(16)   NOT NULL,
    completed_at  datetime(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    CONSTRAINT pk_task_completions PRIMARY KEY (namespace_id, lease_id),
    INDEX idx_task_completions_completed_at (namespace_id, completed_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Leases under which a task was completed: tells a repeated completion from a stranger''s, trimmed by age';
