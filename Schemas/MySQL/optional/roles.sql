-- Odin persistence, MySQL, optional: the three roles.
--
--   mysql odin_orchestrator < optional/roles.sql      (as an administrator, after 00_init.sql)
--
--   odin_migrator  creates and alters every object of the schema; runs migrations
--   odin_app       what the library needs: reads and writes rows, creates and alters nothing, never updates history
--   odin_readonly  dashboards and monitoring: all of visibility and tags, and what the monitoring queries read of the other
--                  tables; no payloads
--
-- Roles in MySQL are accounts without a login. Grant them to accounts:
--
--   CREATE USER orders IDENTIFIED BY '...' DEFAULT ROLE odin_app;
--   GRANT odin_app TO orders;
--
-- No password is set here. Can be run again at any time. Run it again after each schema upgrade: it grants what is missing and
-- revokes nothing. To start over: DROP ROLE odin_migrator, odin_app, odin_readonly.
--
-- An account that may read a table may also lock its rows, with SELECT ... FOR SHARE, until its transaction ends: MySQL has no
-- grant that prevents it. end_long_readers.sql ends such transactions of odin_readonly.
--
-- Triggers run with the rights of the account that created them: create the schema with an account that is kept.

CREATE ROLE IF NOT EXISTS odin_migrator, odin_app, odin_readonly;

-- ---------------------------------------------------------------------------------------------------------------------
-- odin_migrator
-- ---------------------------------------------------------------------------------------------------------------------

-- On the current database of the session. For triggers and functions see 10_functions.sql.
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
GRANT SELECT, INSERT, UPDATE, DELETE ON applied_writes TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON task_queues TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON task_queue_leases TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON task_dead_letters TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON task_completions TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON task_endings TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON visibility_records TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_tags TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON search_attributes TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_timers TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_signals TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_query_results TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_schedules TO odin_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON schedule_execution_history TO odin_app;

-- Blocks of task ids are reserved and never returned.
GRANT SELECT, INSERT, DELETE ON task_id_sequence TO odin_app;

-- Events are inserted once and deleted by retention. An INSERT that skips an existing row assigns the first column of the key to
-- itself, for which MySQL requires the privilege to update that column. No other column may be updated.
GRANT SELECT, INSERT, DELETE, UPDATE (namespace_id) ON history_events TO odin_app;

-- Only a migration changes the version.
GRANT SELECT ON odin_schema TO odin_app;

-- The routines run with the caller's rights, so this grants no more than the grants above.
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

-- The columns without payloads.
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
              created_by, version, time_zone, overlap_policy, catch_up_window_seconds, jitter_seconds,
              maximum_actions, remaining_actions, requested_times, regular_run_at, start_at, end_at, pause_note,
              lease_owner, leased_until)
    ON workflow_schedules TO odin_readonly;

GRANT EXECUTE ON * TO odin_readonly;

-- Sessions with open transactions, which prevent old row versions from being purged, and those that hold locks for which others
-- wait: for the monitoring queries and the health check. Without the texts of statements and the values of rows, which may be
-- payloads; PROCESS would show those as well.
GRANT SELECT (thread_id, processlist_id, processlist_user, processlist_host, processlist_command)
    ON performance_schema.threads TO odin_app, odin_readonly;
GRANT SELECT (thread_id, state, timer_wait) ON performance_schema.events_transactions_current TO odin_app, odin_readonly;
GRANT SELECT (thread_id, nesting_event_level, digest_text)
    ON performance_schema.events_statements_current TO odin_readonly;
GRANT SELECT (requesting_thread_id, blocking_thread_id) ON performance_schema.data_lock_waits TO odin_app, odin_readonly;
GRANT SELECT (object_type, object_schema, object_name, lock_status, owner_thread_id)
    ON performance_schema.metadata_locks TO odin_app, odin_readonly;

-- Which member of a group of servers (Group Replication) is the primary: the library asks where its URL names several hosts.
GRANT SELECT ON performance_schema.replication_group_members TO odin_app, odin_migrator;
