-- Odin persistence, MySQL 8.0.19 and later: the whole schema.
--
--   cd Schemas/MySQL
--   mysql --loose-commands odin_orchestrator < 00_init.sql
--
-- Creates everything on an empty database and changes nothing on a complete one. It stops at the first error. MySQL commits each
-- CREATE separately, so the objects created before an error remain: run the file again when the cause is removed.
--
-- SOURCE and DELIMITER are commands of the mysql client. Only this file uses them, so that Liquibase and Flyway run the same
-- numbered files. Newer clients accept SOURCE only with --commands (--loose-commands: older clients ignore the option). The paths
-- are relative to the directory in which the client was started.
--
-- Another shard count than 512, on an empty database only:
--
--   mysql --loose-commands --init-command="SET @odin_shard_count = 1024" odin_orchestrator < 00_init.sql

-- IF NOT EXISTS does not serialise two sessions: a second installer waits for this lock, which ends with the session.
DO GET_LOCK(CONCAT('odin:', LEFT(SHA2(DATABASE(), 256), 32)), -1);

SOURCE 01_namespaces.sql
SOURCE 02_history_shards.sql
SOURCE 03_workflow_executions.sql
SOURCE 04_history_events.sql
SOURCE 05_task_queues.sql
SOURCE 06_visibility_records.sql
SOURCE 07_timers.sql
SOURCE 08_signals_queries.sql
SOURCE 09_schedules.sql

-- The bodies of routines contain semicolons.
DELIMITER //
SOURCE 10_functions.sql
DELIMITER ;
