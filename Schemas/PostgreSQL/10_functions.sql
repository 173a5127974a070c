-- Odin persistence, PostgreSQL: functions for SQL users. Programs that use the library need none of them.
--
-- Names in the bodies are not qualified: the end of this file sets each function's search_path to the schema of the tables, so
-- that no other schema of the caller's path has a say. All run with the rights of the caller.

-- ---------------------------------------------------------------------------------------------------------------------
-- Shards
-- ---------------------------------------------------------------------------------------------------------------------

-- First four bytes, unsigned, of SHA-256('odin_orchestrator#v1.' || workflow id), modulo the number of shards. The library
-- computes the same in Java, and so does every other database: hashtext() would be neither portable nor stable.
--
-- One immutable expression, so that the planner inlines it, at a third of the cost of a call. That is why the text becomes
-- bytes by a cast (which reads a backslash as an escape, hence the doubling) and not by convert_to(), which is only stable.
-- The bytes are UTF-8 because 01_namespaces.sql accepts no other server encoding. Null in, null out.
CREATE OR REPLACE FUNCTION calculate_shard_id(p_workflow_id text, p_shard_count integer DEFAULT 512)
RETURNS integer
LANGUAGE sql
IMMUTABLE
PARALLEL SAFE
RETURN (('x' || encode(substr(sha256(replace('odin_orchestrator#v1.' || p_workflow_id, E'\\', E'\\\\')::bytea), 1, 4), 'hex')
        )::bit(32)::bigint % p_shard_count)::integer;

COMMENT ON FUNCTION calculate_shard_id(text, integer) IS
    'Shard of a workflow id. With another count than 512, pass it: calculate_shard_id(id, odin_shard_count())';

CREATE OR REPLACE FUNCTION odin_shard_count()
RETURNS integer
LANGUAGE sql
STABLE
PARALLEL SAFE
RETURN (SELECT count(*)::integer FROM shard_fences);

COMMENT ON FUNCTION odin_shard_count() IS 'Number of shards of this database';

-- ---------------------------------------------------------------------------------------------------------------------
-- Tasks
-- ---------------------------------------------------------------------------------------------------------------------

-- Leases one ready task, or returns no row. One statement: it finds and locks the candidate on the task row itself (SKIP LOCKED,
-- so that callers never wait for each other), updates it by its ctid, and writes the lease to task_queue_leases.
--
-- The five priorities are probed one after the other: each probe is a short index range that ends at the present time, so the
-- cost does not grow with the number of leased or delayed tasks of a high priority.
--
-- The plan is the same for every queue, so it is made once per session (force_generic_plan) and has to be right for any size: a
-- session that plans on an empty table would choose sequential scans and a sort, and keep them while the queue grows. enable_*
-- leaves only the scan of idx_task_queues_pending and the fetch by ctid.
CREATE OR REPLACE FUNCTION get_next_task(
    p_namespace_id            uuid,
    p_task_queue_name         text,
    p_task_queue_type         text,
    p_worker_identity         text,
    p_lease_duration_seconds  integer DEFAULT 60
)
RETURNS TABLE (task_id bigint, workflow_id varchar, run_id uuid, task_data jsonb, lease_id uuid)
LANGUAGE plpgsql
VOLATILE
ROWS 1
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
AS $function$
#variable_conflict use_column
BEGIN
    IF p_namespace_id IS NULL OR p_task_queue_name IS NULL OR p_task_queue_type IS NULL OR p_worker_identity IS NULL THEN
        RAISE EXCEPTION 'get_next_task: namespace id, task queue name, task queue type and worker identity must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF p_task_queue_type NOT IN ('workflow', 'activity') THEN
        RAISE EXCEPTION 'get_next_task: unknown task queue type "%"', p_task_queue_type
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use ''workflow'' or ''activity''.';
    END IF;
    IF p_lease_duration_seconds IS NULL OR p_lease_duration_seconds <= 0 THEN
        RAISE EXCEPTION 'get_next_task: lease duration must be at least one second, not %', p_lease_duration_seconds
            USING ERRCODE = 'invalid_parameter_value';
    END IF;

    RETURN QUERY
    WITH claimed AS (
        UPDATE task_queues t
           SET lease_id = gen_random_uuid(),
               leased_until = clock_timestamp() + make_interval(secs => p_lease_duration_seconds),
               attempt_count = t.attempt_count + 1
         WHERE t.ctid = ANY (ARRAY(
                   SELECT ready.ctid
                     FROM generate_series(1, 5) AS p (priority)
                    CROSS JOIN LATERAL (
                        SELECT c.ctid
                          FROM task_queues c
                         WHERE c.namespace_id = p_namespace_id
                           AND c.task_queue_name = p_task_queue_name
                           AND c.task_queue_type = p_task_queue_type
                           AND c.priority = p.priority
                           AND c.available_at <= statement_timestamp()
                           AND (c.expiry_at IS NULL OR c.expiry_at > statement_timestamp())
                         ORDER BY c.available_at, c.task_id
                         LIMIT 1
                           FOR UPDATE SKIP LOCKED
                    ) AS ready
                    WHERE EXISTS (SELECT FROM namespaces n WHERE n.namespace_id = p_namespace_id AND n.status <> 'deleted')
                    LIMIT 1))
        RETURNING t.*
    ), leased AS (
        INSERT INTO task_queue_leases AS l
               (namespace_id, task_queue_name, task_queue_type, task_id,
                lease_id, worker_identity, leased_at, lease_expires_at, heartbeat_at, attempt_count)
        SELECT c.namespace_id, c.task_queue_name, c.task_queue_type, c.task_id,
               c.lease_id, p_worker_identity, clock_timestamp(), c.leased_until, clock_timestamp(), c.attempt_count
          FROM claimed c
            ON CONFLICT ON CONSTRAINT pk_task_queue_leases DO UPDATE
           SET lease_id = excluded.lease_id,
               worker_identity = excluded.worker_identity,
               leased_at = excluded.leased_at,
               lease_expires_at = excluded.lease_expires_at,
               heartbeat_at = excluded.heartbeat_at,
               attempt_count = excluded.attempt_count
    )
    SELECT c.task_id, c.workflow_id, c.run_id, c.task_data, c.lease_id
      FROM claimed c;
END;
$function$;

COMMENT ON FUNCTION get_next_task(uuid, text, text, text, integer) IS
    'Leases one ready task to a worker; no row when nothing is ready';

-- Removes tasks that were not taken before their expiry. Tasks are never removed by age. A leased task stays until its lease
-- ends.
CREATE OR REPLACE FUNCTION cleanup_expired_tasks()
RETURNS integer
LANGUAGE plpgsql
VOLATILE
AS $function$
#variable_conflict use_column
DECLARE
    removed integer;
BEGIN
    WITH expired AS MATERIALIZED (
        SELECT t.ctid
          FROM task_queues t
         WHERE t.expiry_at <= statement_timestamp()
           AND (t.leased_until IS NULL OR t.leased_until <= statement_timestamp())
           FOR UPDATE SKIP LOCKED
    ), gone AS (
        DELETE FROM task_queues t
         WHERE t.ctid = ANY (ARRAY(SELECT e.ctid FROM expired e))
        RETURNING t.namespace_id, t.task_queue_name, t.task_queue_type, t.task_id, t.content_hash
    ), ended AS (
        INSERT INTO task_endings (namespace_id, task_queue_name, task_queue_type, task_id, content_hash)
        SELECT g.namespace_id, g.task_queue_name, g.task_queue_type, g.task_id, g.content_hash
          FROM gone g
         WHERE g.task_id >= 0
            ON CONFLICT ON CONSTRAINT pk_task_endings DO NOTHING
    ), leases AS (
        DELETE FROM task_queue_leases l
         USING gone g
         WHERE (l.namespace_id, l.task_queue_name, l.task_queue_type, l.task_id)
             = (g.namespace_id, g.task_queue_name, g.task_queue_type, g.task_id)
    )
    SELECT count(*) INTO removed FROM gone;
    RETURN removed;
END;
$function$;

COMMENT ON FUNCTION cleanup_expired_tasks() IS 'Removes unleased tasks whose expiry_at has passed; returns how many';

-- Removes the leases of crashed workers. Polls do not need it, because they take tasks with expired leases; monitoring does. The
-- task keeps its number of attempts.
CREATE OR REPLACE FUNCTION cleanup_expired_leases()
RETURNS integer
LANGUAGE plpgsql
VOLATILE
AS $function$
#variable_conflict use_column
DECLARE
    removed integer;
BEGIN
    -- Task rows are locked and tested again before anything is removed: a poll or a heartbeat may have changed them.
    WITH expired AS MATERIALIZED (
        SELECT t.ctid, l.namespace_id, l.task_queue_name, l.task_queue_type, l.task_id
          FROM task_queue_leases l
          JOIN task_queues t
            ON (t.namespace_id, t.task_queue_name, t.task_queue_type, t.task_id)
             = (l.namespace_id, l.task_queue_name, l.task_queue_type, l.task_id)
         WHERE l.lease_expires_at <= statement_timestamp()
           AND (t.leased_until IS NULL OR t.leased_until <= statement_timestamp())
           FOR UPDATE OF t SKIP LOCKED
    ), freed AS (
        UPDATE task_queues t
           SET lease_id = NULL, leased_until = NULL
         WHERE t.ctid = ANY (ARRAY(SELECT e.ctid FROM expired e))
           AND t.lease_id IS NOT NULL
    ), ended AS (
        DELETE FROM task_queue_leases l
         USING expired e
         WHERE (l.namespace_id, l.task_queue_name, l.task_queue_type, l.task_id)
             = (e.namespace_id, e.task_queue_name, e.task_queue_type, e.task_id)
           AND l.lease_expires_at <= statement_timestamp()
        RETURNING 1
    ), orphaned AS (
        DELETE FROM task_queue_leases l
         WHERE l.lease_expires_at <= statement_timestamp()
           AND NOT EXISTS (SELECT FROM task_queues t
                            WHERE (t.namespace_id, t.task_queue_name, t.task_queue_type, t.task_id)
                                = (l.namespace_id, l.task_queue_name, l.task_queue_type, l.task_id))
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM ended) + (SELECT count(*) FROM orphaned) INTO removed;
    RETURN removed;
END;
$function$;

COMMENT ON FUNCTION cleanup_expired_leases() IS
    'Removes expired leases and frees their tasks, attempts kept; returns how many';

-- ---------------------------------------------------------------------------------------------------------------------
-- Search paths
-- ---------------------------------------------------------------------------------------------------------------------

-- The name of the schema is known only now. calculate_shard_id and odin_shard_count are not among them: their bodies were bound
-- when they were created, and a setting would keep the planner from inlining the first.
DO $path$
DECLARE
    object text;
BEGIN
    FOR object IN
        SELECT p.oid::regprocedure::text
          FROM pg_proc p
         WHERE p.pronamespace = current_schema()::regnamespace
           AND p.proname IN ('get_next_task', 'cleanup_expired_tasks', 'cleanup_expired_leases',
                             'odin_lock_namespace_changes', 'odin_number_namespace_change', 'odin_set_signal_sequence',
                             'odin_set_timer_shard', 'odin_touch_updated_at')
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', object, current_schema());
    END LOOP;
END;
$path$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Done
-- ---------------------------------------------------------------------------------------------------------------------

INSERT INTO odin_schema (version, description) VALUES (1, 'initial schema') ON CONFLICT (version) DO NOTHING;
