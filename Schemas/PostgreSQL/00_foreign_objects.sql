-- Odin persistence, PostgreSQL: refuses objects of others in the place of Odin's. 00_init.sql runs this first and last, and the
-- library before it migrates, after that, and when it is opened.
--
-- Where others may create in the schema, as everyone may in the schema "public" of PostgreSQL 14, another login can make
-- history_events, with a trigger, before this schema is installed. IF NOT EXISTS would keep her table, and her trigger would run
-- with the rights of the account that writes to it. An operator of hers on a type that PostgreSQL compares by a conversion, such as
-- varchar, is a better match than PostgreSQL's own.
--
-- Trusted are superusers, the owners of the schema and of the database, odin_migrator, the present role, and the roles of which
-- it is a member unless it is a superuser. With odin.accept_owner = on, which the library sets where it only uses the schema:
-- the role that owns all of it.
--
-- One statement without psql commands. It changes nothing.

DO $foreign$
DECLARE
    relations text[] := ARRAY[
        'odin_schema', 'namespaces', 'namespace_change_counter', 'history_shards', 'shard_fences',
        'workflow_executions', 'workflow_current_runs', 'workflow_commits', 'applied_writes', 'history_events',
        'task_queues', 'task_queue_leases', 'task_dead_letters', 'task_completions', 'task_endings', 'task_id_sequence',
        'visibility_records', 'workflow_tags', 'search_attributes', 'workflow_timers',
        'workflow_signals', 'workflow_query_results', 'workflow_schedules', 'schedule_execution_history',
        'databasechangelog', 'databasechangeloglock'];
    functions text[] := ARRAY[
        'calculate_shard_id', 'get_next_task', 'cleanup_expired_tasks', 'cleanup_expired_leases',
        'odin_add_history_partitions', 'odin_drop_history_partition',
        'odin_lock_namespace_changes', 'odin_number_namespace_change', 'odin_set_signal_sequence',
        'odin_set_timer_shard', 'odin_shard_count', 'odin_touch_updated_at'];
    home    name := pg_catalog.current_schema();
    path    text := pg_catalog.current_setting('search_path');
    trusted oid[];
    tables  oid[];
    found   text;
BEGIN
    -- What is asked below must not be answered by an operator of hers.
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);

    tables := ARRAY(
        WITH RECURSIVE own (id) AS (
            SELECT c.oid
              FROM pg_class c
             WHERE c.relnamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = home)
               AND c.relname = ANY (relations::name[])
             UNION
            SELECT c.oid
              FROM own
              JOIN pg_inherits i ON i.inhparent = own.id
              JOIN pg_class c ON c.oid = i.inhrelid AND c.relispartition
        )
        SELECT own.id FROM own);

    trusted := ARRAY(
        SELECT r.oid
          FROM pg_roles r
         WHERE r.rolsuper
            OR r.rolname IN (current_user, 'odin_migrator')
            OR r.oid = (SELECT n.nspowner FROM pg_namespace n WHERE n.nspname = home)
            OR r.oid = (SELECT d.datdba FROM pg_database d WHERE d.datname = current_database())
            OR (NOT (SELECT m.rolsuper FROM pg_roles m WHERE m.rolname = current_user) AND pg_has_role(r.oid, 'MEMBER'))
         UNION ALL
        SELECT min(c.relowner::bigint)::oid
          FROM pg_class c
         WHERE c.oid = ANY (tables)
           AND current_setting('odin.accept_owner', true) = 'on'
        HAVING count(DISTINCT c.relowner) = 1);

    WITH parts (catalog, id) AS (
        SELECT 'pg_class'::regclass, c.oid FROM pg_class c WHERE c.oid = ANY (tables)
         UNION ALL
        SELECT 'pg_class'::regclass, i.indexrelid FROM pg_index i WHERE i.indrelid = ANY (tables)
         UNION ALL
        SELECT 'pg_trigger'::regclass, t.oid FROM pg_trigger t WHERE t.tgrelid = ANY (tables)
         UNION ALL
        SELECT 'pg_constraint'::regclass, c.oid FROM pg_constraint c WHERE c.conrelid = ANY (tables)
         UNION ALL
        SELECT 'pg_attrdef'::regclass, d.oid FROM pg_attrdef d WHERE d.adrelid = ANY (tables)
         UNION ALL
        SELECT 'pg_proc'::regclass, p.oid
          FROM pg_proc p
         WHERE p.pronamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = home)
           AND p.proname = ANY (functions::name[])
    ), owned (catalog, id, owner) AS (
        SELECT 'pg_proc'::regclass, p.oid, p.proowner FROM pg_proc p
         UNION ALL
        SELECT 'pg_operator'::regclass, o.oid, o.oprowner FROM pg_operator o
         UNION ALL
        SELECT 'pg_type'::regclass, t.oid, t.typowner FROM pg_type t
    ), foreign_objects (description) AS (
        -- Under a name of Odin: tables and what else has their names, indexes, partitions.
        SELECT format('%s of %s', pg_describe_object('pg_class'::regclass, c.oid, 0), pg_get_userbyid(c.relowner))
          FROM pg_class c
         WHERE c.relowner <> ALL (trusted)
           AND (c.oid = ANY (tables)
                OR (c.relnamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = home)
                    AND c.relname ~ format('^((pk|uq|idx)_(%s)|history_events_)', array_to_string(relations, '|'))))
         UNION ALL
        -- Functions with the name of one of Odin or of the system.
        SELECT format('%s of %s', pg_describe_object('pg_proc'::regclass, p.oid, 0), pg_get_userbyid(p.proowner))
          FROM pg_proc p
         WHERE p.pronamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = home)
           AND p.proowner <> ALL (trusted)
           AND (p.proname = ANY (functions::name[])
                OR EXISTS (SELECT FROM pg_proc s
                            WHERE s.proname = p.proname AND s.pronamespace = 'pg_catalog'::regnamespace))
         UNION ALL
        SELECT format('%s of %s', pg_describe_object('pg_operator'::regclass, o.oid, 0), pg_get_userbyid(o.oprowner))
          FROM pg_operator o
         WHERE o.oprnamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = home)
           AND o.oprowner <> ALL (trusted)
         UNION ALL
        -- Triggers, defaults, constraints and indexes that call what belongs to others.
        SELECT format('%s, which uses %s of %s', pg_describe_object(parts.catalog, parts.id, 0),
                      pg_describe_object(owned.catalog, owned.id, 0), pg_get_userbyid(owned.owner))
          FROM parts
          JOIN pg_depend d ON d.classid = parts.catalog AND d.objid = parts.id
          JOIN owned ON owned.catalog = d.refclassid AND owned.id = d.refobjid
         WHERE owned.owner <> ALL (trusted)
         UNION ALL
        -- What Odin's tables never have.
        SELECT pg_describe_object('pg_rewrite'::regclass, r.oid, 0)
          FROM pg_rewrite r
         WHERE r.ev_class = ANY (tables) AND r.rulename <> '_RETURN'
         UNION ALL
        SELECT pg_describe_object('pg_policy'::regclass, p.oid, 0) FROM pg_policy p WHERE p.polrelid = ANY (tables)
         UNION ALL
        SELECT 'row security of ' || pg_describe_object('pg_class'::regclass, c.oid, 0)
          FROM pg_class c
         WHERE c.oid = ANY (tables) AND c.relrowsecurity
         UNION ALL
        SELECT format('%s, which inherits from %s', pg_describe_object('pg_class'::regclass, i.inhrelid, 0),
                      pg_describe_object('pg_class'::regclass, i.inhparent, 0))
          FROM pg_inherits i
          JOIN pg_class c ON c.oid = i.inhrelid
         WHERE (i.inhparent = ANY (tables) AND NOT c.relispartition)
            OR (i.inhrelid = ANY (tables) AND i.inhparent <> ALL (tables))
    )
    SELECT string_agg(DISTINCT f.description, '; ') INTO found FROM foreign_objects f;

    IF found IS NOT NULL THEN
        RAISE EXCEPTION 'not made by the schema of Odin: %', found
            USING ERRCODE = 'OD001',
                  HINT = 'Find out who made this, and drop it. If the tables are right and have another owner, run this as their '
                      || 'owner, or with PGOPTIONS="-c odin.accept_owner=on".';
    END IF;
    PERFORM set_config('search_path', path, true);
END;
$foreign$;
