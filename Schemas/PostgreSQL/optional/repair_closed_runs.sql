-- Odin persistence, PostgreSQL, optional: repairs what is stored beside closed runs.
--
--   psql -d odin_orchestrator -v ON_ERROR_STOP=1 -1 -f optional/repair_closed_runs.sql
--
-- For the finding "consistency" of odin doctor. A commit that closes a run removes its timers and closes its visibility record;
-- rows that were written with SQL, or restored table by table, may disagree. Deletes the timers of closed runs, and sets what a
-- record shows of a closed run to what the run has. Open runs are not changed, and engines may work meanwhile. Running it again
-- has no effect.

DELETE FROM workflow_timers t
 USING workflow_executions e
 WHERE e.namespace_id = t.namespace_id
   AND e.workflow_id = t.workflow_id
   AND e.run_id = t.run_id
   AND e.workflow_state <> 'running';

UPDATE visibility_records v
   SET workflow_type = e.workflow_type,
       task_queue = e.task_queue,
       start_time = e.started_at,
       workflow_state = e.workflow_state,
       close_time = e.completed_at,
       execution_duration_ms = GREATEST(0, floor(extract(epoch FROM e.completed_at - v.execution_time) * 1000)),
       version = GREATEST(v.version, e.version)
  FROM workflow_executions e
 WHERE e.namespace_id = v.namespace_id
   AND e.workflow_id = v.workflow_id
   AND e.run_id = v.run_id
   AND e.workflow_state <> 'running'
   AND v.deleted_at IS NULL
   AND (v.workflow_type, v.task_queue, v.start_time, v.workflow_state, v.close_time)
       IS DISTINCT FROM (e.workflow_type, e.task_queue, e.started_at, e.workflow_state, e.completed_at);
