-- Odin persistence, MySQL: visibility (what lists, counts and searches read), tags, search attributes.

CREATE TABLE IF NOT EXISTS visibility_records (
    namespace_id            binary(16)    NOT NULL,
    workflow_id             varchar(255)  NOT NULL,
    run_id                  binary(16)    NOT NULL,
    workflow_type           varchar(255)  NOT NULL,
    task_queue              varchar(255)  NOT NULL,
    workflow_state          varchar(50)   NOT NULL DEFAULT 'running' COMMENT 'State of the run (ExecutionStatus of the query language)',
    start_time              datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) COMMENT 'When the run was started',
    execution_time          datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) COMMENT 'When it was to begin: start time plus first delay',
    close_time              datetime(6),
    status                  varchar(255) COMMENT 'Status text of the application''s own, if it sets one',
    history_length          bigint        NOT NULL DEFAULT 0,
    execution_duration_ms   bigint,
    state_transition_count  bigint        NOT NULL DEFAULT 0,
    memo                    json,
    search_attributes       json,
    parent_workflow_id      varchar(255),
    parent_run_id           binary(16),
    created_at              datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    updated_at              datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) ON UPDATE CURRENT_TIMESTAMP(6),
    version                 bigint        NOT NULL DEFAULT 0 COMMENT 'Version of the run that this row shows: an older one never overwrites it',
    deleted_at              datetime(6) COMMENT 'Tombstone: deleted, and kept until purged so that a late write cannot bring the row back',
    close_time_or_max       datetime(6) GENERATED ALWAYS AS (COALESCE(close_time, TIMESTAMP'9999-12-31 23:59:59.999999')) STORED COMMENT 'Close time, or the end of time while open: what lists are ordered by',
    CONSTRAINT pk_visibility_records PRIMARY KEY (namespace_id, workflow_id, run_id),
    -- A deleted record keeps its row for a while, without type and queue.
    CONSTRAINT ck_visibility_records_values CHECK (workflow_id <> '' AND parent_workflow_id <> ''),
    CONSTRAINT ck_visibility_records_state CHECK (workflow_state IN
        ('running', 'completed', 'failed', 'canceled', 'terminated', 'continued_as_new', 'timed_out')),
    CONSTRAINT ck_visibility_records_close_time CHECK ((workflow_state = 'running') = (close_time IS NULL)),
    -- The default order: open runs first, then the latest closed, the latest started first. Each index continues with that
    -- order, so that a page begins where the previous one ended and nothing is sorted.
    INDEX idx_visibility_records_close (namespace_id, close_time_or_max DESC, start_time DESC, run_id DESC, workflow_id DESC),
    INDEX idx_visibility_records_type
        (namespace_id, workflow_type, close_time_or_max DESC, start_time DESC, run_id DESC, workflow_id DESC),
    INDEX idx_visibility_records_state
        (namespace_id, workflow_state, close_time_or_max DESC, start_time DESC, run_id DESC, workflow_id DESC),
    INDEX idx_visibility_records_task_queue
        (namespace_id, task_queue, close_time_or_max DESC, start_time DESC, run_id DESC, workflow_id DESC),
    INDEX idx_visibility_records_parent
        (namespace_id, parent_workflow_id, close_time_or_max DESC, start_time DESC, run_id DESC, workflow_id DESC),
    -- The other orders.
    INDEX idx_visibility_records_start (namespace_id, start_time DESC, run_id DESC, workflow_id DESC),
    INDEX idx_visibility_records_execution (namespace_id, execution_time DESC, run_id DESC, workflow_id DESC),
    -- All values of all attributes, with the elements of lists: query it with JSON_OVERLAPS of the same expression and the value,
    -- and test the attribute itself as well. InnoDB indexes about 7 KB of values of one row and refuses a row with more, and MySQL
    -- 8.0.19 crashes on an empty text. A row with long attributes, or with an empty one, is therefore indexed under one marker, and
    -- every search reads those rows as well.
    -- Values that cannot be indexed are refused: null, nested objects and lists, texts of more than 255 characters.
    INDEX idx_visibility_records_search_attributes (namespace_id, (CAST(IF(
        LENGTH(search_attributes) > 2048 OR JSON_CONTAINS(search_attributes->'$.*[0 to last]', '""'),
        JSON_ARRAY('odin: not in the index'), search_attributes->'$.*[0 to last]') AS CHAR(255) ARRAY))),
    -- Purge of tombstones.
    INDEX idx_visibility_records_deleted (deleted_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Searchable summary of each run, written by the commit that changes the run';

CREATE TABLE IF NOT EXISTS workflow_tags (
    namespace_id  binary(16)    NOT NULL,
    workflow_id   varchar(255)  NOT NULL,
    run_id        binary(16)    NOT NULL,
    tag_key       varchar(255)  NOT NULL,
    tag_value     varchar(255)  NOT NULL DEFAULT '',
    CONSTRAINT pk_workflow_tags PRIMARY KEY (namespace_id, workflow_id, run_id, tag_key),
    CONSTRAINT ck_workflow_tags_values CHECK (workflow_id <> '' AND tag_key <> ''),
    -- Runs by tag. A secondary index contains the primary key as well, so a search reads nothing else. Written out, the key would
    -- exceed InnoDB's 3,072 bytes.
    INDEX idx_workflow_tags_key_value (namespace_id, tag_key, tag_value)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Tags of each run';

CREATE TABLE IF NOT EXISTS search_attributes (
    namespace_id    binary(16)    NOT NULL,
    attribute_name  varchar(255)  NOT NULL,
    attribute_type  varchar(50)   NOT NULL,
    created_at      datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    CONSTRAINT pk_search_attributes PRIMARY KEY (namespace_id, attribute_name),
    CONSTRAINT ck_search_attributes_values CHECK (attribute_name <> ''),
    CONSTRAINT ck_search_attributes_type CHECK (attribute_type IN
        ('Keyword', 'KeywordList', 'Int', 'Double', 'Bool', 'Datetime'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Search attributes that a namespace has registered, and their types';
