-- Odin persistence, MySQL, optional: history_events partitioned by month of writing.
--
--   mysql odin_orchestrator < optional/partitioning_range_by_time.sql
--
-- Best run before the first event is written: a table with rows is copied, and is locked against writes meanwhile. Use it instead
-- of partitioning_hash_by_namespace.sql.
--
-- Benefit: old months can be dropped at once instead of deleted row by row, and new rows go to small indexes. Cost:
--   - A unique index of a partitioned table must contain the partition key, so the primary key gains created_at, and the
--     database alone no longer refuses a second event with the same id. The commit still does: it advances
--     workflow_executions.next_event_id under its version check.
--   - Reading a run probes every partition. Keep months, not days.
--   - Partitions have to be created ahead of time: CALL odin_add_history_partitions(3) once a month. Otherwise rows go to the
--     partition "later", and no commit fails.

-- In this mode, MySQL 8.0.19 rewrites no table that has times with an expression as default. The procedures keep the mode.
SET SESSION sql_mode = REPLACE(@@sql_mode, 'NO_ZERO_DATE', '');

ALTER TABLE history_events
    DROP PRIMARY KEY,
    ADD CONSTRAINT pk_history_events PRIMARY KEY (namespace_id, workflow_id, run_id, event_id, created_at)
    PARTITION BY RANGE COLUMNS (created_at) (PARTITION later VALUES LESS THAN (MAXVALUE));

DELIMITER //

DROP PROCEDURE IF EXISTS odin_add_history_partitions
//

CREATE PROCEDURE odin_add_history_partitions(IN p_months_ahead int)
SQL SECURITY INVOKER
COMMENT 'Creates the missing monthly partitions of history_events, from this month on, selects how many'
BEGIN
    DECLARE month_number int DEFAULT 0;
    DECLARE made int DEFAULT 0;
    DECLARE from_month date DEFAULT CAST(DATE_FORMAT(UTC_DATE(), '%Y-%m-01') AS date);

    WHILE month_number <= p_months_ahead DO
        -- A month that was dropped is not created again: its rows go to the following month.
        IF NOT EXISTS (SELECT *
                         FROM information_schema.partitions
                        WHERE table_schema = DATABASE()
                          AND table_name = 'history_events'
                          AND partition_name <> 'later'
                          AND partition_name >= DATE_FORMAT(from_month, 'p%Y%m')) THEN
            SET @odin_statement = CONCAT(
                'ALTER TABLE history_events REORGANIZE PARTITION later INTO (PARTITION ', DATE_FORMAT(from_month, 'p%Y%m'),
                ' VALUES LESS THAN (''', from_month + INTERVAL 1 MONTH, '''), PARTITION later VALUES LESS THAN (MAXVALUE))');
            PREPARE odin_statement FROM @odin_statement;
            EXECUTE odin_statement;
            DEALLOCATE PREPARE odin_statement;
            SET made = made + 1;
        END IF;
        SET from_month = from_month + INTERVAL 1 MONTH;
        SET month_number = month_number + 1;
    END WHILE;
    SELECT made;
END
//

DROP PROCEDURE IF EXISTS odin_drop_history_partition
//

-- Retention decides which runs are deleted. This only frees the space at once.
CREATE PROCEDURE odin_drop_history_partition(IN p_partition varchar(64))
SQL SECURITY INVOKER
COMMENT 'Drops a month of history_events, refuses while one of its runs exists'
BEGIN
    DECLARE refusal varchar(128);

    IF p_partition NOT REGEXP '^p[0-9]{6}$' THEN
        SET refusal = CONCAT('odin_drop_history_partition: ', p_partition, ' is not a monthly partition, such as p202601');
        SIGNAL SQLSTATE '22023' SET MESSAGE_TEXT = refusal;
    END IF;

    SET @odin_statement = CONCAT(
        'SELECT EXISTS (SELECT * FROM history_events PARTITION (', p_partition, ')',
        ' JOIN workflow_executions USING (namespace_id, workflow_id, run_id)) INTO @odin_in_use');
    PREPARE odin_statement FROM @odin_statement;
    EXECUTE odin_statement;
    DEALLOCATE PREPARE odin_statement;
    IF @odin_in_use THEN
        SET refusal = CONCAT('odin_drop_history_partition: ', p_partition, ' holds events of runs that still exist');
        SIGNAL SQLSTATE '55006' SET MESSAGE_TEXT = refusal;
    END IF;

    SET @odin_statement = CONCAT('ALTER TABLE history_events DROP PARTITION ', p_partition);
    PREPARE odin_statement FROM @odin_statement;
    EXECUTE odin_statement;
    DEALLOCATE PREPARE odin_statement;
END
//

DELIMITER ;

CALL odin_add_history_partitions(3);
