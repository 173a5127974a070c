-- Odin persistence, PostgreSQL: namespaces, the schema version, and the trigger function that all tables share.
--
-- Conventions of all files
--   names        pk_<table>, uq_<table>_<what>, ck_<table>_<what>, idx_<table>_<what>, trg_<table>_<what>; functions of the
--                schema's own: odin_<what>
--   identifiers  varchar(255) COLLATE "C": byte-exact, the same order on every server and in every locale, and no reindexing
--                when the operating system's locale data change
--   times        timestamptz, always from this server's clock
--   references   high-volume tables have no foreign keys: a cascade would lock the parent on each append, delete a
--                namespace in one statement and prevent partitioning. A commit writes all tables in one transaction; a
--                consistency check compares them.
--   triggers     their functions find tables through TG_TABLE_SCHEMA, so they work under any search_path, such as the empty
--                one of pg_restore
--   keys         every primary key and unique index of a high-volume table begins with namespace_id

DO $check$
BEGIN
    IF current_setting('server_version_num')::integer < 140000 THEN
        RAISE EXCEPTION 'Odin needs PostgreSQL 14 or later, this is %', current_setting('server_version');
    END IF;
    -- Ids are any Unicode text, and their UTF-8 bytes decide the shard.
    IF current_setting('server_encoding') <> 'UTF8' THEN
        RAISE EXCEPTION 'Odin needs a database with encoding UTF8, this one has %', current_setting('server_encoding')
            USING HINT = 'createdb --encoding=UTF8 --template=template0 ...';
    END IF;
END;
$check$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The schema version
-- ---------------------------------------------------------------------------------------------------------------------

-- The table is created first, and its row is inserted last (end of 10_functions.sql): an interrupted run leaves no version. The
-- files insert the row, so that psql and Liquibase have the same result.
CREATE TABLE IF NOT EXISTS odin_schema (
    version      integer      NOT NULL,
    description  text         NOT NULL,
    applied_at   timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT pk_odin_schema PRIMARY KEY (version),
    CONSTRAINT ck_odin_schema_version CHECK (version > 0)
);

COMMENT ON TABLE odin_schema IS 'Versions of the Odin schema applied to this database; the highest one counts';

-- ---------------------------------------------------------------------------------------------------------------------
-- Shared trigger function
-- ---------------------------------------------------------------------------------------------------------------------

-- clock_timestamp() and not now(): two updates of one transaction get different times, and so does one that had to wait.
CREATE OR REPLACE FUNCTION odin_touch_updated_at()
RETURNS trigger
LANGUAGE plpgsql
AS $function$
BEGIN
    IF TG_TABLE_NAME = 'workflow_executions' THEN
        NEW.last_updated_at := clock_timestamp();
    ELSE
        NEW.updated_at := clock_timestamp();
    END IF;
    RETURN NEW;
END;
$function$;

COMMENT ON FUNCTION odin_touch_updated_at() IS
    'BEFORE UPDATE trigger: sets updated_at (last_updated_at of workflow_executions)';

-- ---------------------------------------------------------------------------------------------------------------------
-- Namespaces
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS namespaces (
    namespace_id                 uuid                       NOT NULL DEFAULT gen_random_uuid(),
    namespace_name               varchar(255) COLLATE "C"   NOT NULL,
    description                  text,
    owner_id                     varchar(255) COLLATE "C",
    retention_days               integer                    NOT NULL DEFAULT 30,
    history_archival_enabled     boolean                    NOT NULL DEFAULT false,
    visibility_archival_enabled  boolean                    NOT NULL DEFAULT false,
    is_global_namespace          boolean                    NOT NULL DEFAULT false,
    cluster_config               jsonb,
    data                         jsonb,
    status                       varchar(50)                NOT NULL DEFAULT 'active',
    created_at                   timestamptz                NOT NULL DEFAULT now(),
    updated_at                   timestamptz                NOT NULL DEFAULT now(),
    version                      bigint                     NOT NULL DEFAULT 1,
    change_sequence              bigint                     NOT NULL DEFAULT 0,
    deleted_at                   timestamptz,
    CONSTRAINT pk_namespaces PRIMARY KEY (namespace_id),
    CONSTRAINT ck_namespaces_values CHECK (namespace_name <> ''),
    CONSTRAINT ck_namespaces_name CHECK (namespace_name <> ''),
    CONSTRAINT ck_namespaces_description CHECK (char_length(description) <= 4000),
    CONSTRAINT ck_namespaces_owner_id CHECK (owner_id <> ''),
    CONSTRAINT ck_namespaces_retention_days CHECK (retention_days BETWEEN 0 AND 36500),
    CONSTRAINT ck_namespaces_status CHECK (status IN ('active', 'deprecated', 'deleted'))
);

-- A deleted namespace keeps its row until its data are deleted. Its name is free at once.
CREATE UNIQUE INDEX IF NOT EXISTS uq_namespaces_name ON namespaces (namespace_name) WHERE status <> 'deleted';

-- Caches ask "what changed since sequence n".
CREATE INDEX IF NOT EXISTS idx_namespaces_change_sequence ON namespaces (change_sequence);

COMMENT ON TABLE namespaces IS 'Tenants: every other row belongs to one namespace';
COMMENT ON COLUMN namespaces.retention_days IS 'Days that a closed run is kept; 0 keeps it indefinitely';
COMMENT ON COLUMN namespaces.history_archival_enabled IS 'Archive the history of a run before retention deletes it';
COMMENT ON COLUMN namespaces.visibility_archival_enabled IS
    'Archive the visibility record of a run before retention deletes it';
COMMENT ON COLUMN namespaces.status IS
    'active, deprecated (no new workflows) or deleted (the name is free, retention deletes the data)';
COMMENT ON COLUMN namespaces.version IS 'Optimistic lock; each update increments it';
COMMENT ON COLUMN namespaces.change_sequence IS 'Place of the latest change in the order of all namespace changes';

CREATE OR REPLACE TRIGGER trg_namespaces_updated_at
    BEFORE UPDATE ON namespaces
    FOR EACH ROW EXECUTE FUNCTION odin_touch_updated_at();

-- ---------------------------------------------------------------------------------------------------------------------
-- The order of namespace changes
-- ---------------------------------------------------------------------------------------------------------------------

-- A sequence object does not suffice: its numbers become visible in the order of commits, and a reader that has seen 8 would
-- miss 7. Every writer locks this row until it commits, so the numbers become visible in order.
CREATE TABLE IF NOT EXISTS namespace_change_counter (
    id             smallint  NOT NULL DEFAULT 1,
    last_sequence  bigint    NOT NULL DEFAULT 0,
    CONSTRAINT pk_namespace_change_counter PRIMARY KEY (id),
    CONSTRAINT ck_namespace_change_counter_single_row CHECK (id = 1)
);

COMMENT ON TABLE namespace_change_counter IS
    'One row: the latest namespaces.change_sequence; locked by each namespace write';

INSERT INTO namespace_change_counter (id, last_sequence) VALUES (1, 0) ON CONFLICT (id) DO NOTHING;

-- A plain "UPDATE namespaces SET retention_days = 90" must be seen by caches as well, and must not be overwritten by a program
-- that read the row before it. A statement that sets version and change_sequence itself is not changed.
CREATE OR REPLACE FUNCTION odin_lock_namespace_changes()
RETURNS trigger
LANGUAGE plpgsql
AS $function$
BEGIN
    -- Before the statement locks a row: every writer locks the counter first and the namespace second.
    EXECUTE format('SELECT FROM %I.namespace_change_counter WHERE id = 1 FOR UPDATE', TG_TABLE_SCHEMA);
    RETURN NULL;
END;
$function$;

CREATE OR REPLACE FUNCTION odin_number_namespace_change()
RETURNS trigger
LANGUAGE plpgsql
AS $function$
BEGIN
    EXECUTE format('UPDATE %I.namespace_change_counter SET last_sequence = last_sequence + 1
                     WHERE id = 1 RETURNING last_sequence', TG_TABLE_SCHEMA)
       INTO STRICT NEW.change_sequence;
    IF TG_OP = 'UPDATE' AND NEW.version = OLD.version THEN
        NEW.version := OLD.version + 1;
    END IF;
    RETURN NEW;
END;
$function$;

CREATE OR REPLACE TRIGGER trg_namespaces_change_lock
    BEFORE INSERT OR UPDATE ON namespaces
    FOR EACH STATEMENT EXECUTE FUNCTION odin_lock_namespace_changes();

CREATE OR REPLACE TRIGGER trg_namespaces_change_insert
    BEFORE INSERT ON namespaces
    FOR EACH ROW WHEN (NEW.change_sequence = 0)
    EXECUTE FUNCTION odin_number_namespace_change();

CREATE OR REPLACE TRIGGER trg_namespaces_change_update
    BEFORE UPDATE ON namespaces
    FOR EACH ROW WHEN (NEW.change_sequence = OLD.change_sequence)
    EXECUTE FUNCTION odin_number_namespace_change();
