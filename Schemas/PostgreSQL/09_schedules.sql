-- Odin persistence, PostgreSQL: schedules and the result of each due time.

CREATE TABLE IF NOT EXISTS workflow_schedules (
    namespace_id              uuid                       NOT NULL,
    schedule_id               uuid                       NOT NULL DEFAULT gen_random_uuid(),
    schedule_name             varchar(255) COLLATE "C"   NOT NULL,
    workflow_type             varchar(255) COLLATE "C"   NOT NULL,
    task_queue                varchar(255) COLLATE "C"   NOT NULL,
    cron_expression           varchar(255) COLLATE "C",
    interval_seconds          bigint,
    workflow_input            jsonb,
    workflow_timeout_seconds  bigint,
    retry_policy              jsonb,
    memo                      jsonb,
    search_attributes         jsonb,
    paused                    boolean                    NOT NULL DEFAULT false,
    next_run_at               timestamptz,
    last_run_at               timestamptz,
    last_run_result           varchar(50),
    created_at                timestamptz                NOT NULL DEFAULT now(),
    updated_at                timestamptz                NOT NULL DEFAULT now(),
    created_by                varchar(255) COLLATE "C",
    version                   bigint                     NOT NULL DEFAULT 1,
    time_zone                 varchar(255) COLLATE "C"   NOT NULL DEFAULT 'UTC',
    overlap_policy            varchar(50)                NOT NULL DEFAULT 'skip',
    catch_up_window_seconds   bigint                     NOT NULL DEFAULT 31536000,
    start_at                  timestamptz,
    end_at                    timestamptz,
    pause_note                text,
    jitter_seconds            bigint                     NOT NULL DEFAULT 0,
    maximum_actions           bigint,
    remaining_actions         bigint,
    requested_times           jsonb,
    regular_run_at            timestamptz,
    lease_id                  uuid,
    lease_owner               varchar(255) COLLATE "C",
    leased_until              timestamptz,
    CONSTRAINT pk_workflow_schedules PRIMARY KEY (namespace_id, schedule_id),
    CONSTRAINT ck_workflow_schedules_values CHECK (
        schedule_name <> ''
        AND workflow_type <> ''
        AND task_queue <> ''
        AND time_zone <> ''
        AND lease_owner <> ''
        AND next_run_at BETWEEN '1970-01-01 00:00+00' AND '9999-12-31 23:59:59.999999+00'
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
        ('completed', 'failed', 'canceled', 'terminated', 'timed_out', 'skipped', 'missed'))
)
WITH (fillfactor = 80);

-- Claims of due schedules, over all namespaces. The lease is not in the key: the few claimed schedules are filtered out.
CREATE INDEX IF NOT EXISTS idx_workflow_schedules_due
    ON workflow_schedules (next_run_at, namespace_id, schedule_id)
    WHERE NOT paused AND next_run_at IS NOT NULL;

COMMENT ON TABLE workflow_schedules IS 'Workflows to be started by cron expression or at an interval';
COMMENT ON COLUMN workflow_schedules.cron_expression IS
    'Exactly one of cron_expression and interval_seconds is set; several are separated by semicolons';
COMMENT ON COLUMN workflow_schedules.next_run_at IS 'Next due time; null: no more';
COMMENT ON COLUMN workflow_schedules.last_run_at IS 'Last due time that was processed';
COMMENT ON COLUMN workflow_schedules.last_run_result IS 'Result of the last due time; null while its run is open';
COMMENT ON COLUMN workflow_schedules.version IS 'Optimistic lock; each update, pause and resume increments it';
COMMENT ON COLUMN workflow_schedules.time_zone IS 'IANA time zone in which the cron expression is read';
COMMENT ON COLUMN workflow_schedules.overlap_policy IS 'What to do when the previous run is still open';
COMMENT ON COLUMN workflow_schedules.catch_up_window_seconds IS
    'Due times missed by more than this are dropped; a year by default';
COMMENT ON COLUMN workflow_schedules.jitter_seconds IS 'Each due time is claimed later, by less than this';
COMMENT ON COLUMN workflow_schedules.maximum_actions IS 'How many runs it starts; null: no limit';
COMMENT ON COLUMN workflow_schedules.remaining_actions IS 'How many runs it will still start; at 0 it is not due any more';
COMMENT ON COLUMN workflow_schedules.requested_times IS
    'Due times that were requested, ascending; those from next_run_at on wait, if next_run_at is among them';
COMMENT ON COLUMN workflow_schedules.regular_run_at IS 'Next due time after the requested ones';
COMMENT ON COLUMN workflow_schedules.lease_owner IS
    'Scheduler that has claimed the due time; its claim ends at leased_until';
COMMENT ON COLUMN workflow_schedules.leased_until IS
    'Not claimed before: the end of the lease, or of the jitter if lease_id is null';

CREATE OR REPLACE TRIGGER trg_workflow_schedules_updated_at
    BEFORE UPDATE ON workflow_schedules
    FOR EACH ROW EXECUTE FUNCTION odin_touch_updated_at();

-- A record outlives the run that it names, and is deleted with its schedule.
CREATE TABLE IF NOT EXISTS schedule_execution_history (
    namespace_id   uuid                       NOT NULL,
    execution_id   uuid                       NOT NULL DEFAULT gen_random_uuid(),
    schedule_id    uuid                       NOT NULL,
    workflow_id    varchar(255) COLLATE "C",
    run_id         uuid,
    scheduled_at   timestamptz                NOT NULL,
    started_at     timestamptz                DEFAULT now(),
    completed_at   timestamptz,
    result         varchar(50),
    error_message  text,
    CONSTRAINT pk_schedule_execution_history PRIMARY KEY (namespace_id, execution_id),
    CONSTRAINT ck_schedule_execution_history_values CHECK (workflow_id <> ''),
    CONSTRAINT uq_schedule_execution_history_due UNIQUE (namespace_id, schedule_id, scheduled_at),
    CONSTRAINT ck_schedule_execution_history_result CHECK (result IN
        ('completed', 'failed', 'canceled', 'terminated', 'timed_out', 'skipped', 'missed'))
);

-- Which due time started this run.
CREATE INDEX IF NOT EXISTS idx_schedule_execution_history_run
    ON schedule_execution_history (namespace_id, workflow_id, run_id)
    WHERE workflow_id IS NOT NULL;

-- Runs whose result is not recorded yet.
CREATE INDEX IF NOT EXISTS idx_schedule_execution_history_pending
    ON schedule_execution_history (namespace_id, scheduled_at, schedule_id)
    WHERE result IS NULL;

COMMENT ON TABLE schedule_execution_history IS 'One row per schedule and due time: a due time starts at most one run';
COMMENT ON COLUMN schedule_execution_history.workflow_id IS 'Run that was started; null: none was (skipped, failed)';
COMMENT ON COLUMN schedule_execution_history.result IS 'Null while the run is open';
COMMENT ON COLUMN schedule_execution_history.started_at IS 'When the run was started; null: it was not';
