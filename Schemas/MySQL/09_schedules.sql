-- Odin persistence, MySQL: schedules and the result of each due time.

CREATE TABLE IF NOT EXISTS workflow_schedules (
    namespace_id              binary(16)    NOT NULL,
    schedule_id               binary(16)    NOT NULL DEFAULT (UUID_TO_BIN(UUID())),
    schedule_name             varchar(255)  NOT NULL,
    workflow_type             varchar(255)  NOT NULL,
    task_queue                varchar(255)  NOT NULL,
    cron_expression           varchar(255) COMMENT 'Exactly one of cron_expression and interval_seconds is set',
    interval_seconds          bigint,
    workflow_input            json,
    workflow_timeout_seconds  bigint,
    retry_policy              json,
    memo                      json,
    search_attributes         json,
    paused                    boolean       NOT NULL DEFAULT false,
    next_run_at               datetime(6) COMMENT 'Next due time, null: no more',
    last_run_at               datetime(6) COMMENT 'Last due time that was processed',
    last_run_result           varchar(50) COMMENT 'Result of the last due time, null while its run is open',
    created_at                datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    updated_at                datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) ON UPDATE CURRENT_TIMESTAMP(6),
    created_by                varchar(255),
    version                   bigint        NOT NULL DEFAULT 1 COMMENT 'Optimistic lock: each update, pause and resume increments it',
    time_zone                 varchar(255)  NOT NULL DEFAULT 'UTC' COMMENT 'IANA time zone in which the cron expression is read',
    overlap_policy            varchar(50)   NOT NULL DEFAULT 'skip' COMMENT 'What to do when the previous run is still open',
    catch_up_window_seconds   bigint        NOT NULL DEFAULT 31536000 COMMENT 'Due times missed by more than this are dropped, a year by default',
    start_at                  datetime(6),
    end_at                    datetime(6),
    pause_note                longtext,
    jitter_seconds            bigint        NOT NULL DEFAULT 0 COMMENT 'Each due time is claimed later, by less than this',
    maximum_actions           bigint COMMENT 'How many runs it starts, null: no limit',
    remaining_actions         bigint COMMENT 'How many runs it will still start, at 0 it is not due any more',
    requested_times           json COMMENT 'Due times that were requested, ascending: those from next_run_at on wait, if next_run_at is among them',
    regular_run_at            datetime(6) COMMENT 'Next due time after the requested ones',
    lease_id                  binary(16),
    lease_owner               varchar(255) COMMENT 'Scheduler that has claimed the due time, its claim ends at leased_until',
    leased_until              datetime(6) COMMENT 'Not claimed before: the end of the lease, or of the jitter if lease_id is null',
    CONSTRAINT pk_workflow_schedules PRIMARY KEY (namespace_id, schedule_id),
    CONSTRAINT ck_workflow_schedules_values CHECK (
        schedule_name <> ''
        AND workflow_type <> ''
        AND task_queue <> ''
        AND time_zone <> ''
        AND lease_owner <> ''
        AND next_run_at >= '1970-01-01'
    ),
    CONSTRAINT uq_workflow_schedules_name UNIQUE (namespace_id, schedule_name),
    CONSTRAINT ck_workflow_schedules_spec CHECK ((cron_expression IS NULL) <> (interval_seconds IS NULL)),
    CONSTRAINT ck_workflow_schedules_interval CHECK (interval_seconds > 0),
    CONSTRAINT ck_workflow_schedules_overlap_policy CHECK (overlap_policy IN
        ('skip', 'buffer_one', 'buffer_all', 'cancel_other', 'terminate_other', 'allow_all')),
    CONSTRAINT ck_workflow_schedules_catch_up_window CHECK (catch_up_window_seconds >= 10),
    CONSTRAINT ck_workflow_schedules_jitter CHECK (jitter_seconds >= 0),
    CONSTRAINT ck_workflow_schedules_actions CHECK (maximum_actions > 0 AND remaining_actions >= 0),
    CONSTRAINT ck_workflow_schedules_period CHECK (end_at > start_at),
    CONSTRAINT ck_workflow_schedules_last_run_result CHECK (last_run_result IN
        ('completed', 'failed', 'canceled', 'terminated', 'timed_out', 'skipped', 'missed')),
    -- Claims of due schedules, over all namespaces. The lease is not in the key: the few claimed schedules are filtered out.
    INDEX idx_workflow_schedules_due (paused, next_run_at, namespace_id, schedule_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Workflows to be started by cron expression or at an interval';

-- A record outlives the run that it names, and is deleted with its schedule.
CREATE TABLE IF NOT EXISTS schedule_execution_history (
    namespace_id   binary(16)    NOT NULL,
    execution_id   binary(16)    NOT NULL DEFAULT (UUID_TO_BIN(UUID())),
    schedule_id    binary(16)    NOT NULL,
    workflow_id    varchar(255) COMMENT 'Run that was started, null: none was (skipped, failed)',
    run_id         binary(16),
    scheduled_at   datetime(6)   NOT NULL,
    started_at     datetime(6)   DEFAULT (UTC_TIMESTAMP(6)) COMMENT 'When the run was started, null: it was not',
    completed_at   datetime(6),
    result         varchar(50) COMMENT 'Null while the run is open',
    error_message  longtext,
    CONSTRAINT pk_schedule_execution_history PRIMARY KEY (namespace_id, execution_id),
    CONSTRAINT ck_schedule_execution_history_values CHECK (workflow_id <> ''),
    CONSTRAINT uq_schedule_execution_history_due UNIQUE (namespace_id, schedule_id, scheduled_at),
    CONSTRAINT ck_schedule_execution_history_result CHECK (result IN
        ('completed', 'failed', 'canceled', 'terminated', 'timed_out', 'skipped', 'missed')),
    -- Which due time started this run.
    INDEX idx_schedule_execution_history_run (namespace_id, workflow_id, run_id),
    -- Runs whose result is not recorded yet: query it with result IS NULL.
    INDEX idx_schedule_execution_history_pending (namespace_id, result, scheduled_at, schedule_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'One row per schedule and due time: a due time starts at most one run';
