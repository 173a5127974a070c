-- Odin persistence, PostgreSQL: durable timers.

CREATE TABLE IF NOT EXISTS workflow_timers (
    namespace_id  uuid                       NOT NULL,
    workflow_id   varchar(255) COLLATE "C"   NOT NULL,
    run_id        uuid                       NOT NULL,
    timer_id      varchar(255) COLLATE "C"   NOT NULL,
    fire_at       timestamptz                NOT NULL,
    created_at    timestamptz                NOT NULL DEFAULT now(),
    timer_data    jsonb,
    timer_bytes   bytea,
    shard_id      integer                    NOT NULL,
    CONSTRAINT pk_workflow_timers PRIMARY KEY (namespace_id, workflow_id, run_id, timer_id),
    CONSTRAINT ck_workflow_timers_values CHECK (
        workflow_id <> ''
        AND timer_id <> ''
        AND fire_at BETWEEN '1970-01-01 00:00+00' AND '9999-12-31 23:59:59.999999+00'
    )
)
WITH (
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.05
);

-- The owner of a shard reads its due timers in order, page by page, from the index.
CREATE INDEX IF NOT EXISTS idx_workflow_timers_due
    ON workflow_timers (shard_id, fire_at, namespace_id, workflow_id, run_id, timer_id);

COMMENT ON TABLE workflow_timers IS 'Timers that have not fired yet';
COMMENT ON COLUMN workflow_timers.timer_bytes IS 'The payload, if it is bytes: timer_data is {} then; null: it is timer_data';
COMMENT ON COLUMN workflow_timers.shard_id IS 'Shard of the run; filled in when an INSERT leaves it out';

-- For inserts in SQL: the shard of the run, or of the workflow id if there is no such run.
CREATE OR REPLACE FUNCTION odin_set_timer_shard()
RETURNS trigger
LANGUAGE plpgsql
AS $function$
BEGIN
    EXECUTE format('SELECT shard_id FROM %I.workflow_executions
                     WHERE namespace_id = $1 AND workflow_id = $2 AND run_id = $3', TG_TABLE_SCHEMA)
       INTO NEW.shard_id
      USING NEW.namespace_id, NEW.workflow_id, NEW.run_id;

    IF NEW.shard_id IS NULL THEN
        EXECUTE format('SELECT %1$I.calculate_shard_id($1, %1$I.odin_shard_count())', TG_TABLE_SCHEMA)
           INTO NEW.shard_id
          USING NEW.workflow_id;
    END IF;
    RETURN NEW;
END;
$function$;

COMMENT ON FUNCTION odin_set_timer_shard() IS 'BEFORE INSERT trigger of workflow_timers: fills shard_id';

CREATE OR REPLACE TRIGGER trg_workflow_timers_shard
    BEFORE INSERT ON workflow_timers
    FOR EACH ROW WHEN (NEW.shard_id IS NULL)
    EXECUTE FUNCTION odin_set_timer_shard();
