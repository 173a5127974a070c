-- Odin persistence, PostgreSQL: signals and query results.

-- ---------------------------------------------------------------------------------------------------------------------
-- Signals
-- ---------------------------------------------------------------------------------------------------------------------

-- A consumed signal keeps its row as long as its run exists: the same signal id, sent again, is recognised.
CREATE TABLE IF NOT EXISTS workflow_signals (
    namespace_id     uuid                       NOT NULL,
    workflow_id      varchar(255) COLLATE "C"   NOT NULL,
    run_id           uuid                       NOT NULL,
    signal_id        varchar(255) COLLATE "C"   NOT NULL DEFAULT gen_random_uuid()::text,
    signal_name      varchar(255) COLLATE "C"   NOT NULL,
    signal_input     jsonb,
    signal_bytes     bytea,
    received_at      timestamptz                NOT NULL DEFAULT now(),
    processed        boolean                    NOT NULL DEFAULT false,
    signal_sequence  bigint                     NOT NULL,
    CONSTRAINT pk_workflow_signals PRIMARY KEY (namespace_id, workflow_id, run_id, signal_id),
    CONSTRAINT ck_workflow_signals_values CHECK (workflow_id <> '' AND signal_id <> '' AND signal_name <> '')
)
WITH (
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.05
);

-- The pending signals of a run, in the order of arrival.
CREATE INDEX IF NOT EXISTS idx_workflow_signals_pending
    ON workflow_signals (namespace_id, workflow_id, run_id, signal_sequence)
    WHERE NOT processed;

-- A signal to the workflow, sent again, is recognised although another run may be the current one. A query by run may use this
-- index or the primary key.
CREATE INDEX IF NOT EXISTS idx_workflow_signals_id
    ON workflow_signals (namespace_id, workflow_id, signal_id, run_id);

COMMENT ON TABLE workflow_signals IS 'Signals received by each run';
COMMENT ON COLUMN workflow_signals.signal_bytes IS 'The payload, if it is bytes: signal_input is {} then; null: it is signal_input';
COMMENT ON COLUMN workflow_signals.processed IS 'Consumed by a commit of the run';
COMMENT ON COLUMN workflow_signals.signal_sequence IS
    'Order of arrival within the run, from 1, without gaps; filled in when an INSERT leaves it out';

-- For inserts in SQL: the same rules as for a signal that is sent. The number is taken from the run's row, whose lock serialises
-- the signal with commits; a closed run accepts no signals; a signal that exists already, which the primary key then refuses,
-- takes no number.
CREATE OR REPLACE FUNCTION odin_set_signal_sequence()
RETURNS trigger
LANGUAGE plpgsql
AS $function$
DECLARE
    run_state text;
BEGIN
    EXECUTE format('SELECT workflow_state FROM %I.workflow_executions
                     WHERE namespace_id = $1 AND workflow_id = $2 AND run_id = $3 FOR UPDATE', TG_TABLE_SCHEMA)
       INTO run_state
      USING NEW.namespace_id, NEW.workflow_id, NEW.run_id;
    IF run_state <> 'running' THEN
        RAISE EXCEPTION 'run % of workflow % is closed (%): it takes no signals', NEW.run_id, NEW.workflow_id, run_state
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;

    EXECUTE format('SELECT signal_sequence FROM %I.workflow_signals
                     WHERE namespace_id = $1 AND workflow_id = $2 AND run_id = $3 AND signal_id = $4', TG_TABLE_SCHEMA)
       INTO NEW.signal_sequence
      USING NEW.namespace_id, NEW.workflow_id, NEW.run_id, NEW.signal_id;
    IF NEW.signal_sequence IS NOT NULL THEN
        RETURN NEW;
    END IF;

    EXECUTE format('UPDATE %I.workflow_executions SET signal_sequence = signal_sequence + 1
                     WHERE namespace_id = $1 AND workflow_id = $2 AND run_id = $3
                    RETURNING signal_sequence', TG_TABLE_SCHEMA)
       INTO NEW.signal_sequence
      USING NEW.namespace_id, NEW.workflow_id, NEW.run_id;

    IF NEW.signal_sequence IS NULL THEN  -- no such run here
        EXECUTE format('SELECT COALESCE(max(signal_sequence), 0) + 1 FROM %I.workflow_signals
                         WHERE namespace_id = $1 AND workflow_id = $2 AND run_id = $3', TG_TABLE_SCHEMA)
           INTO NEW.signal_sequence
          USING NEW.namespace_id, NEW.workflow_id, NEW.run_id;
    END IF;
    RETURN NEW;
END;
$function$;

COMMENT ON FUNCTION odin_set_signal_sequence() IS 'BEFORE INSERT trigger of workflow_signals: fills signal_sequence';

CREATE OR REPLACE TRIGGER trg_workflow_signals_sequence
    BEFORE INSERT ON workflow_signals
    FOR EACH ROW WHEN (NEW.signal_sequence IS NULL)
    EXECUTE FUNCTION odin_set_signal_sequence();

-- ---------------------------------------------------------------------------------------------------------------------
-- Query results
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS workflow_query_results (
    namespace_id       uuid                       NOT NULL,
    workflow_id        varchar(255) COLLATE "C"   NOT NULL,
    run_id             uuid                       NOT NULL,
    query_id           uuid                       NOT NULL DEFAULT gen_random_uuid(),
    query_name         varchar(255) COLLATE "C"   NOT NULL,
    query_input        jsonb,
    query_result       jsonb,
    query_error        text,
    requested_at       timestamptz                NOT NULL DEFAULT now(),
    completed_at       timestamptz,
    expires_at         timestamptz,
    execution_version  bigint,
    CONSTRAINT pk_workflow_query_results PRIMARY KEY (namespace_id, workflow_id, run_id, query_id),
    CONSTRAINT ck_workflow_query_results_values CHECK (workflow_id <> '' AND query_name <> ''),
    CONSTRAINT ck_workflow_query_results_outcome CHECK (query_result IS NULL OR query_error IS NULL)
)
WITH (
    fillfactor = 80,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.05
);

-- Housekeeping deletes queries whose time to live has passed.
CREATE INDEX IF NOT EXISTS idx_workflow_query_results_expiry
    ON workflow_query_results (expires_at)
    WHERE expires_at IS NOT NULL;

COMMENT ON TABLE workflow_query_results IS 'Queries put to a run, and their first answer';
COMMENT ON COLUMN workflow_query_results.completed_at IS 'When the first answer came; null: still open';
COMMENT ON COLUMN workflow_query_results.expires_at IS 'The query expires at this time; null: never';
COMMENT ON COLUMN workflow_query_results.execution_version IS
    'workflow_executions.version that the answer was computed at';
