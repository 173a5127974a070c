-- Odin persistence, PostgreSQL, optional: the three roles.
--
--   psql -d odin_orchestrator -v ON_ERROR_STOP=1 -1 -f optional/roles.sql      (as a superuser, after 00_init.sql)
--
--   odin_migrator  owns every object of the schema; runs migrations
--   odin_app       what the library needs: reads and writes rows, creates and alters nothing, never updates history
--   odin_readonly  dashboards and monitoring: all of visibility and tags, and what the monitoring queries read of the other
--                  tables; no payloads
--
-- No password is set here, and a role without one cannot log in by password. Set them afterwards, in psql:
--
--   \password odin_migrator
--   \password odin_app
--   \password odin_readonly
--
-- Can be run again at any time. Run it again after each schema upgrade: it resets the grants on Odin's objects to exactly what is
-- written here. There is deliberately no ALTER DEFAULT PRIVILEGES: it would let odin_app update new partitions of history_events.

-- What others have made must not become odin_migrator's.
\ir ../00_foreign_objects.sql

-- ---------------------------------------------------------------------------------------------------------------------
-- Roles
-- ---------------------------------------------------------------------------------------------------------------------

DO $roles$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['odin_migrator', 'odin_app', 'odin_readonly'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', role_name);
        END IF;
    END LOOP;
END;
$roles$;

-- A long report, or a transaction that is left open, holds back vacuum and slows down polling.
ALTER ROLE odin_readonly SET statement_timeout = '60s';
ALTER ROLE odin_readonly SET idle_in_transaction_session_timeout = '60s';

-- ---------------------------------------------------------------------------------------------------------------------
-- Schema and ownership; all grants are revoked first
-- ---------------------------------------------------------------------------------------------------------------------

DO $owner$
DECLARE
    odin_tables text[] := ARRAY[
        'odin_schema', 'namespaces', 'namespace_change_counter', 'history_shards', 'shard_fences',
        'workflow_executions', 'workflow_current_runs', 'workflow_commits', 'applied_writes', 'history_events',
        'task_queues', 'task_queue_leases', 'task_dead_letters', 'task_completions', 'task_endings',
        'visibility_records', 'workflow_tags', 'search_attributes', 'workflow_timers',
        'workflow_signals', 'workflow_query_results', 'workflow_schedules', 'schedule_execution_history',
        'databasechangelog', 'databasechangeloglock'];  -- the last two: Liquibase's own
    odin_functions text[] := ARRAY[
        'calculate_shard_id', 'get_next_task', 'cleanup_expired_tasks', 'cleanup_expired_leases',
        'odin_add_history_partitions', 'odin_drop_history_partition',
        'odin_lock_namespace_changes', 'odin_number_namespace_change', 'odin_set_signal_sequence',
        'odin_set_timer_shard', 'odin_shard_count', 'odin_touch_updated_at'];
    object text;
BEGIN
    EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC, odin_app, odin_readonly', current_schema());
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO odin_migrator', current_schema());
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO odin_app, odin_readonly', current_schema());

    -- Partitions are separate tables that are accessed through their parent: no role gets grants on them.
    FOR object IN
        SELECT t.oid::regclass::text
          FROM unnest(odin_tables) AS name
          JOIN pg_class t
            ON t.oid = to_regclass(name)
            OR t.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = to_regclass(name))
    LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO odin_migrator', object);
        EXECUTE format('REVOKE ALL ON TABLE %s FROM PUBLIC, odin_app, odin_readonly', object);
    END LOOP;

    EXECUTE 'ALTER SEQUENCE task_id_sequence OWNER TO odin_migrator';
    EXECUTE 'REVOKE ALL ON SEQUENCE task_id_sequence FROM PUBLIC, odin_app, odin_readonly';

    FOR object IN
        SELECT p.oid::regprocedure::text
          FROM pg_proc p
         WHERE p.proname = ANY (odin_functions)
           AND p.pronamespace = to_regnamespace(quote_ident(current_schema()))
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO odin_migrator', object);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, odin_app, odin_readonly', object);
    END LOOP;

    -- A role that may create in a schema of the search path can make functions and operators that run with the caller's rights.
    FOR object IN
        SELECT DISTINCT format('%s can create in schema %I, which is in the search path: REVOKE CREATE ON SCHEMA %I FROM %s',
                               g.creator, n.nspname, n.nspname, g.creator)
          FROM pg_namespace n,
               aclexplode(n.nspacl) AS a,
               LATERAL (SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END) AS g (creator)
         WHERE n.nspname = ANY (current_schemas(false))
           AND a.privilege_type = 'CREATE'
           AND a.grantee <> n.nspowner
           AND g.creator <> 'odin_migrator'
           AND NOT EXISTS (SELECT FROM pg_roles r WHERE r.oid = a.grantee AND r.rolsuper)
    LOOP
        RAISE WARNING '%', object;
    END LOOP;
END;
$owner$;

-- ---------------------------------------------------------------------------------------------------------------------
-- odin_app
-- ---------------------------------------------------------------------------------------------------------------------

GRANT SELECT, INSERT, UPDATE, DELETE ON
    namespaces, namespace_change_counter,
    history_shards, shard_fences,
    workflow_executions, workflow_current_runs, workflow_commits, applied_writes,
    task_queues, task_queue_leases, task_dead_letters, task_completions, task_endings,
    visibility_records, workflow_tags, search_attributes,
    workflow_timers,
    workflow_signals, workflow_query_results,
    workflow_schedules, schedule_execution_history
TO odin_app;

-- Events are inserted once and deleted by retention. No UPDATE on any column.
GRANT SELECT, INSERT, DELETE ON history_events TO odin_app;

-- Only a migration changes the version.
GRANT SELECT ON odin_schema TO odin_app;

GRANT USAGE ON SEQUENCE task_id_sequence TO odin_app;

GRANT EXECUTE ON FUNCTION
    calculate_shard_id(text, integer),
    odin_shard_count(),
    get_next_task(uuid, text, text, text, integer),
    cleanup_expired_tasks(),
    cleanup_expired_leases()
TO odin_app;

-- ---------------------------------------------------------------------------------------------------------------------
-- odin_readonly
-- ---------------------------------------------------------------------------------------------------------------------

GRANT SELECT ON
    visibility_records, workflow_tags, search_attributes,
    odin_schema, history_shards, shard_fences,
    workflow_current_runs, task_queue_leases, schedule_execution_history
TO odin_readonly;

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

GRANT EXECUTE ON FUNCTION calculate_shard_id(text, integer), odin_shard_count() TO odin_readonly;
