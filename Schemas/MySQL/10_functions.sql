-- Odin persistence, MySQL: routines and triggers for SQL users. Programs that use the library need none of them.
--
-- Statements end in two slashes, because bodies contain semicolons. The routines run with the rights of the caller. The triggers
-- run, as always in MySQL, with those of the account that created them: keep that account.
--
-- A server with a binary log creates functions and triggers only for accounts with SUPER, or if log_bin_trust_function_creators
-- is on. If neither is possible, this file stops at the first trigger, after everything that the library needs and the
-- procedures. Hence the order: schema version, procedures, triggers, functions. The file can be run again at any time. (IF NOT
-- EXISTS exists only since 8.0.29, so each object is dropped before it is created.)

-- ---------------------------------------------------------------------------------------------------------------------
-- The tables are complete
-- ---------------------------------------------------------------------------------------------------------------------

INSERT INTO odin_schema (version, description) VALUES (1, 'initial schema') ON DUPLICATE KEY UPDATE version = version
//

-- ---------------------------------------------------------------------------------------------------------------------
-- Tasks
-- ---------------------------------------------------------------------------------------------------------------------

DROP PROCEDURE IF EXISTS get_next_task
//

-- Leases one ready task, or returns no row. It finds and locks the candidate on the task row itself (SKIP LOCKED, so that callers
-- never wait for each other), updates it by its key, and writes the lease to task_queue_leases.
--
-- It runs in its own transaction, at READ COMMITTED, where no gaps are locked. Within a transaction it is a part of that one.
--
-- The five priorities are probed one after the other: each probe is a short index range that ends at the present time, so the
-- cost does not grow with the number of leased or delayed tasks of a high priority. The index is forced: a plan that sorts
-- would lock the whole queue, and other callers would get nothing. For the same reason the parameters have the types, character
-- set and collation of the columns: otherwise the index cannot be used.
CREATE PROCEDURE get_next_task(
    IN p_namespace_id            binary(16),
    IN p_task_queue_name         varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
    IN p_task_queue_type         varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
    IN p_worker_identity         varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
    IN p_lease_duration_seconds  int
)
SQL SECURITY INVOKER
COMMENT 'Leases one ready task to a worker, no row when nothing is ready'
BEGIN
    DECLARE within_transaction boolean DEFAULT false;
    DECLARE v_priority smallint DEFAULT 1;
    DECLARE v_task_id bigint;
    DECLARE v_lease_id binary(16) DEFAULT UUID_TO_BIN(UUID());
    DECLARE refusal varchar(128) CHARACTER SET utf8mb4;

    -- 1568: a transaction is in progress.
    DECLARE CONTINUE HANDLER FOR 1568 SET within_transaction = true;
    DECLARE CONTINUE HANDLER FOR NOT FOUND BEGIN END;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        IF NOT within_transaction THEN
            ROLLBACK;
        END IF;
        RESIGNAL;
    END;

    IF p_namespace_id IS NULL OR p_task_queue_name IS NULL OR p_task_queue_type IS NULL OR p_worker_identity IS NULL THEN
        SIGNAL SQLSTATE '22004' SET MESSAGE_TEXT =
            'get_next_task: namespace id, task queue name, task queue type and worker identity must not be null';
    END IF;
    IF p_task_queue_type NOT IN ('workflow', 'activity') THEN
        SET refusal = CONCAT('get_next_task: unknown task queue type "', p_task_queue_type, '", use workflow or activity');
        SIGNAL SQLSTATE '22023' SET MESSAGE_TEXT = refusal;
    END IF;
    IF p_lease_duration_seconds IS NULL OR p_lease_duration_seconds <= 0 THEN
        SET refusal = CONCAT('get_next_task: lease duration must be at least one second, not ',
                             COALESCE(p_lease_duration_seconds, 'null'));
        SIGNAL SQLSTATE '22023' SET MESSAGE_TEXT = refusal;
    END IF;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    IF NOT within_transaction THEN
        START TRANSACTION;
    END IF;

    WHILE v_task_id IS NULL AND v_priority <= 5 DO
        SELECT c.task_id
          INTO v_task_id
          FROM task_queues c FORCE INDEX (idx_task_queues_pending)
         WHERE c.namespace_id = p_namespace_id
           AND c.task_queue_name = p_task_queue_name
           AND c.task_queue_type = p_task_queue_type
           AND c.priority = v_priority
           AND c.available_at <= UTC_TIMESTAMP(6)
           AND (c.expiry_at IS NULL OR c.expiry_at > UTC_TIMESTAMP(6))
           AND EXISTS (SELECT 1 FROM namespaces n WHERE n.namespace_id = p_namespace_id AND n.status <> 'deleted')
         ORDER BY c.available_at, c.task_id
         LIMIT 1
           FOR UPDATE SKIP LOCKED;
        SET v_priority = v_priority + 1;
    END WHILE;

    IF v_task_id IS NOT NULL THEN
        UPDATE task_queues t
           SET t.lease_id = v_lease_id,
               t.leased_until = UTC_TIMESTAMP(6) + INTERVAL p_lease_duration_seconds SECOND,
               t.attempt_count = t.attempt_count + 1
         WHERE t.namespace_id = p_namespace_id
           AND t.task_queue_name = p_task_queue_name
           AND t.task_queue_type = p_task_queue_type
           AND t.task_id = v_task_id;

        INSERT INTO task_queue_leases
               (namespace_id, task_queue_name, task_queue_type, task_id,
                lease_id, worker_identity, leased_at, lease_expires_at, heartbeat_at, attempt_count)
        SELECT leased.*
          FROM (SELECT t.namespace_id, t.task_queue_name, t.task_queue_type, t.task_id,
                       t.lease_id, p_worker_identity AS worker_identity, UTC_TIMESTAMP(6) AS leased_at,
                       t.leased_until, UTC_TIMESTAMP(6) AS heartbeat_at, t.attempt_count
                  FROM task_queues t
                 WHERE t.namespace_id = p_namespace_id
                   AND t.task_queue_name = p_task_queue_name
                   AND t.task_queue_type = p_task_queue_type
                   AND t.task_id = v_task_id) AS leased
            ON DUPLICATE KEY UPDATE
               lease_id = leased.lease_id,
               worker_identity = leased.worker_identity,
               leased_at = leased.leased_at,
               lease_expires_at = leased.leased_until,
               heartbeat_at = leased.heartbeat_at,
               attempt_count = leased.attempt_count;
    END IF;

    SELECT t.task_id, t.workflow_id, t.run_id, t.task_data, t.lease_id
      FROM task_queues t
     WHERE t.namespace_id = p_namespace_id
       AND t.task_queue_name = p_task_queue_name
       AND t.task_queue_type = p_task_queue_type
       AND t.task_id = v_task_id;

    IF NOT within_transaction THEN
        COMMIT;
    END IF;
END
//

DROP PROCEDURE IF EXISTS cleanup_expired_tasks
//

-- Removes tasks that were not taken before their expiry. Tasks are never removed by age. A leased task stays until its lease
-- ends.
CREATE PROCEDURE cleanup_expired_tasks()
SQL SECURITY INVOKER
COMMENT 'Removes unleased tasks whose expiry_at has passed, returns how many'
BEGIN
    DECLARE within_transaction boolean DEFAULT false;
    DECLARE finished boolean DEFAULT false;
    DECLARE removed int DEFAULT 0;
    DECLARE v_namespace_id binary(16);
    DECLARE v_task_queue_name varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
    DECLARE v_task_queue_type varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
    DECLARE v_task_id bigint;

    DECLARE expired CURSOR FOR
        SELECT t.namespace_id, t.task_queue_name, t.task_queue_type, t.task_id
          FROM task_queues t FORCE INDEX (idx_task_queues_expiry)
         WHERE t.expiry_at <= UTC_TIMESTAMP(6)
           AND (t.leased_until IS NULL OR t.leased_until <= UTC_TIMESTAMP(6))
           FOR UPDATE SKIP LOCKED;

    DECLARE CONTINUE HANDLER FOR 1568 SET within_transaction = true;
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET finished = true;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        IF NOT within_transaction THEN
            ROLLBACK;
        END IF;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    IF NOT within_transaction THEN
        START TRANSACTION;
    END IF;

    OPEN expired;
    FETCH expired INTO v_namespace_id, v_task_queue_name, v_task_queue_type, v_task_id;
    WHILE NOT finished DO
        IF v_task_id >= 0 THEN
            INSERT INTO task_endings (namespace_id, task_queue_name, task_queue_type, task_id, content_hash)
            SELECT t.namespace_id, t.task_queue_name, t.task_queue_type, t.task_id, t.content_hash
              FROM task_queues t
             WHERE t.namespace_id = v_namespace_id
               AND t.task_queue_name = v_task_queue_name
               AND t.task_queue_type = v_task_queue_type
               AND t.task_id = v_task_id
                ON DUPLICATE KEY UPDATE task_endings.task_id = task_endings.task_id;
        END IF;
        DELETE FROM task_queues
         WHERE namespace_id = v_namespace_id
           AND task_queue_name = v_task_queue_name
           AND task_queue_type = v_task_queue_type
           AND task_id = v_task_id;
        SET removed = removed + ROW_COUNT();
        DELETE FROM task_queue_leases
         WHERE namespace_id = v_namespace_id
           AND task_queue_name = v_task_queue_name
           AND task_queue_type = v_task_queue_type
           AND task_id = v_task_id;
        FETCH expired INTO v_namespace_id, v_task_queue_name, v_task_queue_type, v_task_id;
    END WHILE;
    CLOSE expired;

    IF NOT within_transaction THEN
        COMMIT;
    END IF;
    SELECT removed;
END
//

DROP PROCEDURE IF EXISTS cleanup_expired_leases
//

-- Removes the leases of crashed workers. Polls do not need it, because they take tasks with expired leases. Monitoring does. The
-- task keeps its number of attempts.
CREATE PROCEDURE cleanup_expired_leases()
SQL SECURITY INVOKER
COMMENT 'Removes expired leases and frees their tasks, attempts kept, returns how many'
BEGIN
    DECLARE within_transaction boolean DEFAULT false;
    DECLARE finished boolean DEFAULT false;
    DECLARE removed int DEFAULT 0;
    DECLARE v_namespace_id binary(16);
    DECLARE v_task_queue_name varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
    DECLARE v_task_queue_type varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
    DECLARE v_task_id bigint;

    -- Task rows are locked and tested again before anything is removed: a poll or a heartbeat may have changed them.
    DECLARE expired CURSOR FOR
        SELECT t.namespace_id, t.task_queue_name, t.task_queue_type, t.task_id
          FROM task_queue_leases l
          STRAIGHT_JOIN task_queues t FORCE INDEX (PRIMARY)
            ON t.namespace_id = l.namespace_id
           AND t.task_queue_name = l.task_queue_name
           AND t.task_queue_type = l.task_queue_type
           AND t.task_id = l.task_id
         WHERE l.lease_expires_at <= UTC_TIMESTAMP(6)
           AND (t.leased_until IS NULL OR t.leased_until <= UTC_TIMESTAMP(6))
           FOR UPDATE OF t SKIP LOCKED;

    DECLARE CONTINUE HANDLER FOR 1568 SET within_transaction = true;
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET finished = true;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        IF NOT within_transaction THEN
            ROLLBACK;
        END IF;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    IF NOT within_transaction THEN
        START TRANSACTION;
    END IF;

    OPEN expired;
    FETCH expired INTO v_namespace_id, v_task_queue_name, v_task_queue_type, v_task_id;
    WHILE NOT finished DO
        UPDATE task_queues
           SET lease_id = NULL, leased_until = NULL
         WHERE namespace_id = v_namespace_id
           AND task_queue_name = v_task_queue_name
           AND task_queue_type = v_task_queue_type
           AND task_id = v_task_id
           AND lease_id IS NOT NULL;
        DELETE FROM task_queue_leases
         WHERE namespace_id = v_namespace_id
           AND task_queue_name = v_task_queue_name
           AND task_queue_type = v_task_queue_type
           AND task_id = v_task_id
           AND lease_expires_at <= UTC_TIMESTAMP(6);
        SET removed = removed + ROW_COUNT();
        FETCH expired INTO v_namespace_id, v_task_queue_name, v_task_queue_type, v_task_id;
    END WHILE;
    CLOSE expired;

    -- Leases of tasks that do not exist.
    DELETE l
      FROM task_queue_leases l
      LEFT JOIN task_queues t
        ON t.namespace_id = l.namespace_id
       AND t.task_queue_name = l.task_queue_name
       AND t.task_queue_type = l.task_queue_type
       AND t.task_id = l.task_id
     WHERE l.lease_expires_at <= UTC_TIMESTAMP(6)
       AND t.task_id IS NULL;
    SET removed = removed + ROW_COUNT();

    IF NOT within_transaction THEN
        COMMIT;
    END IF;
    SELECT removed;
END
//

-- ---------------------------------------------------------------------------------------------------------------------
-- Triggers
-- ---------------------------------------------------------------------------------------------------------------------

DROP TRIGGER IF EXISTS trg_namespaces_change_insert
//

-- A plain "UPDATE namespaces SET retention_days = 90" must be seen by caches as well, and must not be overwritten by a program
-- that read the row before it. A statement that sets version and change_sequence itself is not changed.
CREATE TRIGGER trg_namespaces_change_insert
    BEFORE INSERT ON namespaces
    FOR EACH ROW
BEGIN
    IF NEW.change_sequence = 0 THEN
        UPDATE namespace_change_counter SET last_sequence = last_sequence + 1 WHERE id = 1;
        SET NEW.change_sequence = (SELECT last_sequence FROM namespace_change_counter WHERE id = 1);
    END IF;
END
//

DROP TRIGGER IF EXISTS trg_namespaces_change_update
//

-- An update that changes nothing gets no number, as with ON UPDATE. The library locks the counter first and the namespace second.
-- A trigger cannot, so one of two concurrent writers may get a deadlock and has to try again.
CREATE TRIGGER trg_namespaces_change_update
    BEFORE UPDATE ON namespaces
    FOR EACH ROW
BEGIN
    IF NEW.change_sequence = OLD.change_sequence
       AND NOT ((NEW.namespace_id, NEW.namespace_name, NEW.description, NEW.owner_id, NEW.retention_days,
                 NEW.history_archival_enabled, NEW.visibility_archival_enabled, NEW.is_global_namespace,
                 NEW.cluster_config, NEW.data, NEW.status, NEW.created_at, NEW.version, NEW.deleted_at)
            <=> (OLD.namespace_id, OLD.namespace_name, OLD.description, OLD.owner_id, OLD.retention_days,
                 OLD.history_archival_enabled, OLD.visibility_archival_enabled, OLD.is_global_namespace,
                 OLD.cluster_config, OLD.data, OLD.status, OLD.created_at, OLD.version, OLD.deleted_at)) THEN
        UPDATE namespace_change_counter SET last_sequence = last_sequence + 1 WHERE id = 1;
        SET NEW.change_sequence = (SELECT last_sequence FROM namespace_change_counter WHERE id = 1);
        IF NEW.version = OLD.version THEN
            SET NEW.version = OLD.version + 1;
        END IF;
    END IF;
END
//

DROP TRIGGER IF EXISTS trg_task_queues_task_id
//

-- One block of ids for one task: there are enough blocks.
CREATE TRIGGER trg_task_queues_task_id
    BEFORE INSERT ON task_queues
    FOR EACH ROW
BEGIN
    IF NEW.task_id IS NULL THEN
        INSERT INTO task_id_sequence () VALUES ();
        SET NEW.task_id = 1000 * CAST(LAST_INSERT_ID() AS SIGNED) - 9007199254740991;
        DELETE FROM task_id_sequence WHERE block_id = LAST_INSERT_ID();
    END IF;
END
//

DROP TRIGGER IF EXISTS trg_workflow_timers_shard
//

-- The shard of the run, or of the workflow id if there is no such run.
CREATE TRIGGER trg_workflow_timers_shard
    BEFORE INSERT ON workflow_timers
    FOR EACH ROW
BEGIN
    IF NEW.shard_id IS NULL THEN
        SET NEW.shard_id = COALESCE(
            (SELECT e.shard_id
               FROM workflow_executions e
              WHERE e.namespace_id = NEW.namespace_id AND e.workflow_id = NEW.workflow_id AND e.run_id = NEW.run_id),
            calculate_shard_id(NEW.workflow_id, odin_shard_count()));
    END IF;
END
//

DROP TRIGGER IF EXISTS trg_workflow_signals_sequence
//

-- The same rules as for a signal that is sent. The number is taken from the run's row, whose lock serialises the signal with
-- commits. A closed run accepts no signals. A signal that exists already, which the primary key then refuses, takes no number.
CREATE TRIGGER trg_workflow_signals_sequence
    BEFORE INSERT ON workflow_signals
    FOR EACH ROW
BEGIN
    DECLARE run_state varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
    DECLARE refusal varchar(128) CHARACTER SET utf8mb4;

    IF NEW.signal_sequence IS NULL THEN
        SET run_state =
            (SELECT e.workflow_state
               FROM workflow_executions e
              WHERE e.namespace_id = NEW.namespace_id AND e.workflow_id = NEW.workflow_id AND e.run_id = NEW.run_id
                FOR UPDATE);
        IF run_state <> 'running' THEN
            SET refusal = CONCAT('run ', BIN_TO_UUID(NEW.run_id), ' is closed (', run_state, '): it takes no signals');
            SIGNAL SQLSTATE '55000' SET MESSAGE_TEXT = refusal;
        END IF;

        SET NEW.signal_sequence =
            (SELECT s.signal_sequence
               FROM workflow_signals s
              WHERE s.namespace_id = NEW.namespace_id AND s.workflow_id = NEW.workflow_id AND s.run_id = NEW.run_id
                AND s.signal_id = NEW.signal_id);
    END IF;

    IF NEW.signal_sequence IS NULL AND run_state IS NOT NULL THEN
        UPDATE workflow_executions e
           SET e.signal_sequence = e.signal_sequence + 1
         WHERE e.namespace_id = NEW.namespace_id AND e.workflow_id = NEW.workflow_id AND e.run_id = NEW.run_id;
        SET NEW.signal_sequence =
            (SELECT e.signal_sequence
               FROM workflow_executions e
              WHERE e.namespace_id = NEW.namespace_id AND e.workflow_id = NEW.workflow_id AND e.run_id = NEW.run_id);
    END IF;

    IF NEW.signal_sequence IS NULL THEN
        -- There is no such run.
        SET NEW.signal_sequence =
            (SELECT COALESCE(MAX(s.signal_sequence), 0) + 1
               FROM workflow_signals s
              WHERE s.namespace_id = NEW.namespace_id AND s.workflow_id = NEW.workflow_id AND s.run_id = NEW.run_id);
    END IF;
END
//

-- ---------------------------------------------------------------------------------------------------------------------
-- Shards
-- ---------------------------------------------------------------------------------------------------------------------

DROP FUNCTION IF EXISTS calculate_shard_id
//

-- First four bytes, unsigned, of SHA-256('odin_orchestrator#v1.' || workflow id), modulo the number of shards. The library
-- computes the same in Java, and so does any other database. Null in, null out.
CREATE FUNCTION calculate_shard_id(
    p_workflow_id  text CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,
    p_shard_count  int
)
RETURNS int
DETERMINISTIC
NO SQL
SQL SECURITY INVOKER
COMMENT 'Shard of a workflow id: calculate_shard_id(id, odin_shard_count())'
RETURN CAST(CONV(LEFT(SHA2(CONCAT('odin_orchestrator#v1.', p_workflow_id), 256), 8), 16, 10) AS UNSIGNED) % p_shard_count
//

DROP FUNCTION IF EXISTS odin_shard_count
//

CREATE FUNCTION odin_shard_count()
RETURNS int
READS SQL DATA
SQL SECURITY INVOKER
COMMENT 'Number of shards of this database'
RETURN (SELECT COUNT(*) FROM shard_fences)
//
