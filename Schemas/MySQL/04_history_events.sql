-- Odin persistence, MySQL: the history of each run.
--
-- Append-only. Rows are never updated, and only retention deletes them. This is the largest table: see optional/partitioning_*.sql
-- before the first row is written.
--
-- There is no index but the primary key. On PostgreSQL there are two more, on the contents and on the time of events, which cost
-- appends little there. MySQL has no index over a whole JSON document, and every append would pay for a B-tree on the time. To
-- query events of a period across runs, create it: CREATE INDEX idx_history_events_event_timestamp ON history_events
-- (event_timestamp).

CREATE TABLE IF NOT EXISTS history_events (
    namespace_id     binary(16)    NOT NULL,
    workflow_id      varchar(255)  NOT NULL,
    run_id           binary(16)    NOT NULL,
    event_id         bigint        NOT NULL COMMENT 'Position in the history of the run, from 1, without gaps',
    event_type       varchar(255)  NOT NULL,
    event_timestamp  datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) COMMENT 'When it happened, by the engine''s clock',
    task_id          bigint        NOT NULL DEFAULT -1 COMMENT 'Task that the event belongs to, -1: none',
    version          bigint        NOT NULL DEFAULT 1 COMMENT 'Version of the event''s format',
    event_data       json          NOT NULL DEFAULT (JSON_OBJECT()),
    event_bytes      longblob COMMENT 'The payload, if it is bytes: event_data is {} then, null: it is event_data',
    created_at       datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) COMMENT 'When the row was written',
    CONSTRAINT pk_history_events PRIMARY KEY (namespace_id, workflow_id, run_id, event_id),
    CONSTRAINT ck_history_events_values CHECK (workflow_id <> '' AND event_type <> ''),
    CONSTRAINT ck_history_events_event_id CHECK (event_id >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Immutable event log of each run: event ids are contiguous from 1';
