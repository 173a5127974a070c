-- Odin persistence, MySQL, optional: repairs what is stored beside closed runs.
--
--   mysql odin_orchestrator < optional/repair_closed_runs.sql
--
-- For the finding "consistency" of odin doctor. A commit that closes a run removes its timers and closes its visibility record;
-- rows that were written with SQL, or restored table by table, may disagree. Deletes the timers of closed runs, and sets what a
-- record shows of a closed run to what the run has. Open runs are not changed, and engines may work meanwhile. Running it again
-- has no effect.

DELETE t
  FROM workflow_timers AS t
  JOIN workflow_executions AS e
    ON e.namespace_id = t.namespace_id
   AND e.workflow_id = t.workflow_id
   AND e.run_id = t.run_id
 WHERE e.workflow_state <> 'running';

UPDATE visibility_records AS v
  JOIN workflow_executions AS e
    ON e.namespace_id = v.namespace_id
   AND e.workflow_id = v.workflow_id
   AND e.run_id = v.run_id
   SET v.workflow_type = e.workflow_type,
       v.task_queue = e.task_queue,
       v.start_time = e.started_at,
       v.workflow_state = e.workflow_state,
       v.close_time = e.completed_at,
       v.execution_duration_ms = GREATEST(0, TIMESTAMPDIFF(MICROSECOND, v.execution_time, e.completed_at) DIV 1000),
       v.version = GREATEST(v.version, e.version)
 WHERE e.workflow_state <> 'running'
   AND v.deleted_at IS NULL
   AND NOT (v.workflow_type <=> e.workflow_type
            AND v.task_queue <=> e.task_queue
            AND v.start_time <=> e.started_at
            AND v.workflow_state <=> e.workflow_state
            AND v.close_time <=> e.completed_at);
