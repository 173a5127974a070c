-- Odin persistence, MySQL: namespaces and the schema version.
--
-- Conventions of all files
--   names        pk_<table>, uq_<table>_<what>, ck_<table>_<what>, idx_<table>_<what>, trg_<table>_<what>, and odin_<what> for
--                routines of the schema's own. MySQL calls every primary key PRIMARY, whatever is written here.
--   identifiers  varchar(255) in utf8mb4_0900_bin, the collation of every table here: byte-exact. In the server's default
--                collation Order-1 and order-1 are the same key, and utf8mb4_bin ignores trailing spaces.
--   uuids        binary(16), the bytes in the order in which a uuid is written: UUID_TO_BIN(text) and BIN_TO_UUID(bytes),
--                without the swap flag
--   times        datetime(6) in UTC (timestamp ends in 2038), always from this server's clock: UTC_TIMESTAMP(6). ON UPDATE
--                writes the time of the session's zone, so sessions that write must be in UTC: SET time_zone = '+00:00'.
--   references   high-volume tables have no foreign keys: a cascade would lock the parent on each append, delete a
--                namespace in one statement and prevent partitioning. A commit writes all tables in one transaction, and a
--                consistency check compares them.
--   triggers     only for SQL users, all of them in 10_functions.sql: a server may refuse to create triggers
--   indexes      created with their tables, since MySQL has no CREATE INDEX IF NOT EXISTS. MySQL has no partial indexes: where
--                PostgreSQL's is partial, the column of its condition is in the key.
--   keys         every primary key and unique index of a high-volume table begins with namespace_id

-- The table is created first, and its row is inserted last (10_functions.sql): an interrupted run leaves no version. The files
-- insert the row, so that the mysql client and Liquibase have the same result.
CREATE TABLE IF NOT EXISTS odin_schema (
    version      int           NOT NULL,
    description  text          NOT NULL,
    applied_at   datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    CONSTRAINT pk_odin_schema PRIMARY KEY (version),
    CONSTRAINT ck_odin_schema_version CHECK (version > 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 /*!80019 COLLATE utf8mb4_0900_bin */
  COMMENT = 'Versions of the Odin schema applied to this database, the highest one counts';

-- Outside a routine, a script cannot raise an error in MySQL. Inserting a text into a number does: the message quotes the text.
-- MariaDB reaches this statement, because it ignores what is written above for MySQL only.
INSERT INTO odin_schema (version, description)
SELECT CONCAT('Odin needs MySQL 8.0.19 or later, this is ', VERSION()), ''
  FROM (SELECT CAST(SUBSTRING_INDEX(VERSION(), '.', 1) AS UNSIGNED) AS major,
               CAST(SUBSTRING_INDEX(SUBSTRING_INDEX(VERSION(), '.', 2), '.', -1) AS UNSIGNED) AS minor,
               CAST(REGEXP_SUBSTR(SUBSTRING_INDEX(VERSION(), '.', -1), '^[0-9]+') AS UNSIGNED) AS patch) AS server
 WHERE (major, minor, patch) < (8, 0, 19) OR VERSION() LIKE '%MariaDB%';

-- IF NOT EXISTS would skip a view of the same name, or another program's table, and the stores would fail later. An object that
-- these files did not create has another collation, or none, and a table whose rows lie on another server has another engine.
INSERT INTO odin_schema (version, description)
SELECT CONCAT(table_name, ' is there already, and is not a table of Odin: use another database'), ''
  FROM information_schema.tables
 WHERE table_schema = DATABASE()
   AND table_name IN ('namespaces', 'namespace_change_counter', 'history_shards', 'shard_fences', 'workflow_executions',
                      'workflow_current_runs', 'workflow_commits', 'applied_writes', 'history_events', 'task_queues', 'task_queue_leases',
                      'task_dead_letters', 'task_completions', 'task_endings', 'task_id_sequence', 'visibility_records', 'workflow_tags',
                      'search_attributes', 'workflow_timers', 'workflow_signals', 'workflow_query_results',
                      'workflow_schedules', 'schedule_execution_history')
   AND (COALESCE(table_collation, '') <> 'utf8mb4_0900_bin' OR COALESCE(engine, '') <> 'InnoDB');

-- A trigger of another account sees and changes what is written. An account that may create triggers on a table sees those that
-- are there. 10_functions.sql makes the schema's own again.
INSERT INTO odin_schema (version, description)
SELECT CONCAT('trigger ', trigger_name, ' on ', event_object_table, ' of ', definer,
              ' is not of Odin: drop it, or run this as the account that made it'), ''
  FROM information_schema.triggers
 WHERE event_object_schema = DATABASE()
   AND event_object_table IN ('odin_schema', 'namespaces', 'namespace_change_counter', 'history_shards', 'shard_fences',
                      'workflow_executions', 'workflow_current_runs', 'workflow_commits', 'applied_writes', 'history_events', 'task_queues',
                      'task_queue_leases', 'task_dead_letters', 'task_completions', 'task_endings', 'task_id_sequence',
                      'visibility_records', 'workflow_tags', 'search_attributes', 'workflow_timers', 'workflow_signals',
                      'workflow_query_results', 'workflow_schedules', 'schedule_execution_history')
   AND (event_object_table, trigger_name) NOT IN
       (('namespaces', 'trg_namespaces_change_insert'), ('namespaces', 'trg_namespaces_change_update'),
        ('task_queues', 'trg_task_queues_task_id'), ('workflow_timers', 'trg_workflow_timers_shard'),
        ('workflow_signals', 'trg_workflow_signals_sequence'))
   AND definer <> CURRENT_USER();

-- ---------------------------------------------------------------------------------------------------------------------
-- Namespaces
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS namespaces (
    namespace_id                 binary(16)    NOT NULL DEFAULT (UUID_TO_BIN(UUID())),
    namespace_name               varchar(255)  NOT NULL,
    description                  text,
    owner_id                     varchar(255),
    retention_days               int           NOT NULL DEFAULT 30 COMMENT 'Days that a closed run is kept, 0 keeps it indefinitely',
    history_archival_enabled     boolean       NOT NULL DEFAULT false COMMENT 'Archive the history of a run before retention deletes it',
    visibility_archival_enabled  boolean       NOT NULL DEFAULT false COMMENT 'Archive the visibility record of a run before retention deletes it',
    is_global_namespace          boolean       NOT NULL DEFAULT false,
    cluster_config               json,
    data                         json,
    status                       varchar(50)   NOT NULL DEFAULT 'active' COMMENT 'active, deprecated (no new workflows) or deleted (the name is free, retention deletes the data)',
    created_at                   datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    updated_at                   datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) ON UPDATE CURRENT_TIMESTAMP(6),
    version                      bigint        NOT NULL DEFAULT 1 COMMENT 'Optimistic lock, each update increments it',
    change_sequence              bigint        NOT NULL DEFAULT 0 COMMENT 'Place of the latest change in the order of all namespace changes',
    deleted_at                   datetime(6),
    CONSTRAINT pk_namespaces PRIMARY KEY (namespace_id),
    CONSTRAINT ck_namespaces_values CHECK (namespace_name <> ''),
    CONSTRAINT ck_namespaces_name CHECK (namespace_name <> ''),
    CONSTRAINT ck_namespaces_description CHECK (char_length(description) <= 4000),
    CONSTRAINT ck_namespaces_owner_id CHECK (owner_id <> ''),
    CONSTRAINT ck_namespaces_retention_days CHECK (retention_days BETWEEN 0 AND 36500),
    CONSTRAINT ck_namespaces_status CHECK (status IN ('active', 'deprecated', 'deleted')),
    -- A deleted namespace keeps its row until its data are deleted. Its name is free at once: nulls are never equal.
    UNIQUE INDEX uq_namespaces_name (namespace_name, (CASE WHEN status <> 'deleted' THEN 1 END)),
    -- Caches ask "what changed since sequence n".
    INDEX idx_namespaces_change_sequence (change_sequence)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Tenants: every other row belongs to one namespace';

-- ---------------------------------------------------------------------------------------------------------------------
-- The order of namespace changes
-- ---------------------------------------------------------------------------------------------------------------------

-- An auto-increment does not suffice: its numbers become visible in the order of commits, and a reader that has seen 8 would
-- miss 7. Every writer locks this row until it commits, so the numbers become visible in order.
CREATE TABLE IF NOT EXISTS namespace_change_counter (
    id             smallint  NOT NULL DEFAULT 1,
    last_sequence  bigint    NOT NULL DEFAULT 0,
    CONSTRAINT pk_namespace_change_counter PRIMARY KEY (id),
    CONSTRAINT ck_namespace_change_counter_single_row CHECK (id = 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'One row: the latest namespaces.change_sequence, locked by each namespace write';

INSERT INTO namespace_change_counter (id, last_sequence) VALUES (1, 0) ON DUPLICATE KEY UPDATE id = id;
