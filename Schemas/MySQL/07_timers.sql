-- Odin persistence, MySQL: durable timers.

CREATE TABLE IF NOT EXISTS workflow_timers (
    namespace_id  binary(16)    NOT NULL,
    workflow_id   varchar(255)  NOT NULL,
    run_id        binary(16)    NOT NULL,
    timer_id      varchar(255)  NOT NULL,
    fire_at       datetime(6)   NOT NULL,
    created_at    datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    timer_data    json,
    timer_bytes   longblob COMMENT 'The payload, if it is bytes: timer_data is {} then, null: it is timer_data',
    shard_id      int           NOT NULL COMMENT 'Shard of the run, filled in when an INSERT leaves it out (trigger)',
    CONSTRAINT pk_workflow_timers PRIMARY KEY (namespace_id, workflow_id, run_id, timer_id),
    CONSTRAINT ck_workflow_timers_values CHECK (workflow_id <> '' AND timer_id <> '' AND fire_at >= '1970-01-01'),
    -- The owner of a shard reads its due timers in order, page by page, from the index.
    INDEX idx_workflow_timers_due (shard_id, fire_at, namespace_id, workflow_id, run_id, timer_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Timers that have not fired yet';
