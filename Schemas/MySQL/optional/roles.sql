-- Odin persistence, MySQL, optional: the three roles.
--
--   mysql odin_orchestrator < optional/roles.sql      (as an administrator, after 00_init.sql)
--
--   odin_migrator  makes and alters every object of the schema; runs migrations
--   odin_app       what the library needs: reads and writes rows, makes and alters nothing, never rewrites history
--   odin_readonly  dashboards and monitoring: visibility and tags in full, of the rest what the monitoring queries read;
--                  no payloads
--
-- Roles in MySQL are accounts that nobody can log in to. Give them to accounts:
--
--   CREATE USER orders IDENTIFIED BY '...' DEFAULT ROLE odin_app;
--   GRANT odin_app TO orders;
--
-- No password is set here. Can be run again at any time, and is to be run again after each schema upgrade: it grants what is
-- missing and takes nothing away. To begin anew: DROP ROLE odin_migrator, odin_app, odin_readonly.
--
-- Triggers run with the rights of the account that made them: make the schema with an account that stays.

CREATE ROLE IF NOT EXISTS odin_migrator, odin_app, odin_readonly;

-- ---------------------------------------------------------------------------------------------------------------------
-- odin_migrator
-- ---------------------------------------------------------------------------------------------------------------------

-- On the database that the session is in. For triggers and functions see 10_functions.sql.
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER, EXECUTE, CREATE ROUTINE, ALTER ROUTINE
    ON * TO odin_migrator;

-- ---------------------------------------------------------------------------------------------------------------------
-- odin_app
-- ---------------------------------------------------------------------------------------------------------------------

GRANT SELECT, INSERT, UPDATE, DELETE ON namespaces TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON namespace_change_counter TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON history_shards TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON shard_fences TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_executions TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_current_runs TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_commits TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON task_queues TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON task_queue_leases TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON task_dead_letters TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON task_completions TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON visibility_records TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_tags TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON search_attributes TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_timers TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_signals TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_query_results TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_schedules TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON schedule_execution_history TO odin_app;

-- Blocks of task ids are taken, and given back to nobody.
GRANT SELECT, INSERT, DELETE ON task_id_sequence TO odin_app;

-- Events are written once and deleted by retention. An INSERT that passes over a row which is there sets the first column of
-- the key to what it is, and MySQL wants the right to update that column. No other one may be updated.
GRANT SELECT, INSERT, DELETE, UPDATE (namespace_id) ON history_events TO odin_app;

-- Only a migration changes the version.
GRANT SELECT ON odin_schema TO odin_app;

-- The routines run with the caller's rights, so that this gives no more than the grants above.
GRANT EXECUTE ON * TO odin_app;

-- ---------------------------------------------------------------------------------------------------------------------
-- odin_readonly
-- ---------------------------------------------------------------------------------------------------------------------

GRANT SELECT ON visibility_records TO odin_readonly;
GRANT SELECT ON workflow_tags TO odin_readonly;
GRANT SELECT ON search_attributes TO odin_readonly;
GRANT SELECT ON odin_schema TO odin_readonly;
GRANT SELECT ON history_shards TO odin_readonly;
GRANT SELECT ON shard_fences TO odin_readonly;
GRANT SELECT ON workflow_current_runs TO odin_readonly;
GRANT SELECT ON task_queue_leases TO odin_readonly;
GRANT SELECT ON schedule_execution_history TO odin_readonly;

-- The columns that hold no payload of the users'.
GRANT SELECT (namespace_id, namespace_name, description, owner_id, retention_days, history_archival_enabled,
              visibility_archival_enabled, is_global_namespace, status, created_at, updated_at, version, change_sequence,
              deleted_at)
    ON namespaces TO odin_readonly;

GRANT SELECT (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state, next_event_id,
              last_processed_event_id, workflow_timeout_seconds, run_timeout_seconds, task_timeout_seconds, cron_schedule,
              parent_workflow_id, parent_run_id, initiated_id, completion_event_id, started_at, completed_at,
              last_updated_at, shard_id, version, start_request_id, history_size_bytes, signal_sequence, archived_at)
    ON workflow_executions TO odin_readonly;

GRANT SELECT (namespace_id, task_queue_name, task_queue_type, task_id, workflow_id, run_id, scheduled_at, expiry_at,
              partition_hash, created_at, priority, attempt_count, lease_id, leased_until, available_at)
    ON task_queues TO odin_readonly;

GRANT SELECT (namespace_id, task_queue_name, task_queue_type, task_id, workflow_id, run_id, priority, partition_hash,
              attempt_count, scheduled_at, expiry_at, created_at, dead_at)
    ON task_dead_letters TO odin_readonly;

GRANT SELECT (namespace_id, workflow_id, run_id, timer_id, fire_at, created_at, shard_id)
    ON workflow_timers TO odin_readonly;

GRANT SELECT (namespace_id, workflow_id, run_id, signal_id, signal_name, received_at, processed, signal_sequence)
    ON workflow_signals TO odin_readonly;

GRANT SELECT (namespace_id, schedule_id, schedule_name, workflow_type, task_queue, cron_expression, interval_seconds,
              workflow_timeout_seconds, paused, next_run_at, last_run_at, last_run_result, created_at, updated_at,
              created_by, version, time_zone, overlap_policy, catch_up_window_seconds, start_at, end_at, pause_note,
              lease_owner, leased_until)
    ON workflow_schedules TO odin_readonly;

GRANT EXECUTE ON * TO odin_readonly;

-- Who keeps a transaction open, and so old row versions from being purged: without the texts of statements, which may hold
-- payloads. PROCESS would show those too, and more.
GRANT SELECT (thread_id, processlist_id, processlist_user, processlist_host, processlist_command)
    ON performance_schema.threads TO odin_readonly;
GRANT SELECT (thread_id, state, timer_wait) ON performance_schema.events_transactions_current TO odin_readonly;
GRANT SELECT (thread_id, nesting_event_level, digest_text)
    ON performance_schema.events_statements_current TO odin_readonly;
