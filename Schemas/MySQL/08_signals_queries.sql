-- Odin persistence, MySQL: signals and query results.

-- A consumed signal keeps its row as long as its run exists: the same signal id, sent again, is recognised.
CREATE TABLE IF NOT EXISTS workflow_signals (
    namespace_id     binary(16)    NOT NULL,
    workflow_id      varchar(255)  NOT NULL,
    run_id           binary(16)    NOT NULL,
    signal_id        varchar(255)  NOT NULL DEFAULT (UUID()),
    signal_name      varchar(255)  NOT NULL,
    signal_input     json,
    signal_bytes     longblob COMMENT 'The payload, if it is bytes: signal_input is {} then, null: it is signal_input',
    received_at      datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    processed        boolean       NOT NULL DEFAULT false COMMENT 'Consumed by a commit of the run',
    signal_sequence  bigint        NOT NULL COMMENT 'Order of arrival within the run, from 1, without gaps, filled in when an INSERT leaves it out (trigger)',
    CONSTRAINT pk_workflow_signals PRIMARY KEY (namespace_id, workflow_id, run_id, signal_id),
    CONSTRAINT ck_workflow_signals_values CHECK (workflow_id <> '' AND signal_id <> '' AND signal_name <> ''),
    -- The pending signals of a run, in the order of arrival.
    INDEX idx_workflow_signals_pending (namespace_id, workflow_id, run_id, processed, signal_sequence),
    -- A signal to the workflow, sent again, is recognised although another run may be the current one.
    INDEX idx_workflow_signals_id (namespace_id, workflow_id, signal_id, run_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Signals received by each run';

CREATE TABLE IF NOT EXISTS workflow_query_results (
    namespace_id       binary(16)    NOT NULL,
    workflow_id        varchar(255)  NOT NULL,
    run_id             binary(16)    NOT NULL,
    query_id           binary(16)    NOT NULL DEFAULT (UUID_TO_BIN(UUID())),
    query_name         varchar(255)  NOT NULL,
    query_input        json,
    query_result       json,
    query_error        longtext,
    requested_at       datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    completed_at       datetime(6) COMMENT 'When the first answer came, null: still open',
    expires_at         datetime(6) COMMENT 'The query expires at this time, null: never',
    execution_version  bigint COMMENT 'workflow_executions.version that the answer was computed at',
    CONSTRAINT pk_workflow_query_results PRIMARY KEY (namespace_id, workflow_id, run_id, query_id),
    CONSTRAINT ck_workflow_query_results_values CHECK (workflow_id <> '' AND query_name <> ''),
    CONSTRAINT ck_workflow_query_results_outcome CHECK (query_result IS NULL OR query_error IS NULL),
    -- Housekeeping deletes queries whose time to live has passed.
    INDEX idx_workflow_query_results_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Queries put to a run, and their first answer';
