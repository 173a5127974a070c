-- Odin persistence, PostgreSQL 14 and later: the whole schema.
--
--   psql -d odin_orchestrator -f 00_init.sql
--
-- Creates everything on an empty database and changes nothing on a complete one. It runs in one transaction and stops at the
-- first error. The numbered files contain no psql commands, so that Liquibase, Flyway and DbUp run the same files.
--
-- Another shard count than 512, on an empty database only:
--
--   PGOPTIONS="-c odin.shard_count=1024" psql -d odin_orchestrator -f 00_init.sql

\set ON_ERROR_STOP on

BEGIN;

-- Hides the notices "already exists, skipping"; warnings and errors are still shown.
SET LOCAL client_min_messages = warning;

-- IF NOT EXISTS keeps what another login has made before, and what she can make run here must not run.
\ir 00_foreign_objects.sql

-- The schema of the tables alone: other schemas of the path may have operators that fit better than the system's.
DO $path$ BEGIN
    PERFORM pg_catalog.set_config('search_path', pg_catalog.format('%I, pg_temp', pg_catalog.current_schema()), true);
END $path$;

-- IF NOT EXISTS does not serialise two sessions: a second installer waits for this lock. The key is 'ODIN' in ASCII.
DO $lock$ BEGIN PERFORM pg_catalog.pg_advisory_xact_lock(x'4F44494E'::int); END $lock$;

\ir 01_namespaces.sql
\ir 02_history_shards.sql
\ir 03_workflow_executions.sql
\ir 04_history_events.sql
\ir 05_task_queues.sql
\ir 06_visibility_records.sql
\ir 07_timers.sql
\ir 08_signals_queries.sql
\ir 09_schedules.sql
\ir 10_functions.sql

-- Again, since she may have been quicker, and for what the files above have bound to.
\ir 00_foreign_objects.sql

COMMIT;
