INSERT INTO visibility_records (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state, status, start_time, execution_time, close_time, history_length, execution_duration_ms, state_transition_count, memo, search_attributes, parent_workflow_id, parent_run_id, version, deleted_at)
VALUES (:namespace_id, :workflow_id, :run_id, :workflow_type, :task_queue, :workflow_state, :status, :start_time, :execution_time, :close_time, :history_length, :execution_duration_ms, :state_transition_count, :memo, :search_attributes, :parent_workflow_id, :parent_run_id, :version, :deleted_at) AS new
ON DUPLICATE KEY UPDATE
       workflow_type = IF(visibility_records.version < new.version, new.workflow_type, visibility_records.workflow_type),
       task_queue = IF(visibility_records.version < new.version, new.task_queue, visibility_records.task_queue),
       workflow_state = IF(visibility_records.version < new.version, new.workflow_state, visibility_records.workflow_state),
       status = IF(visibility_records.version < new.version, new.status, visibility_records.status),
       start_time = IF(visibility_records.version < new.version, new.start_time, visibility_records.start_time),
       execution_time = IF(visibility_records.version < new.version, new.execution_time, visibility_records.execution_time),
       close_time = IF(visibility_records.version < new.version, new.close_time, visibility_records.close_time),
       history_length = IF(visibility_records.version < new.version, new.history_length, visibility_records.history_length),
       execution_duration_ms = IF(visibility_records.version < new.version, new.execution_duration_ms, visibility_records.execution_duration_ms),
       state_transition_count = IF(visibility_records.version < new.version, new.state_transition_count, visibility_records.state_transition_count),
       memo = IF(visibility_records.version < new.version, new.memo, visibility_records.memo),
       search_attributes = IF(visibility_records.version < new.version, new.search_attributes, visibility_records.search_attributes),
       parent_workflow_id = IF(visibility_records.version < new.version, new.parent_workflow_id, visibility_records.parent_workflow_id),
       parent_run_id = IF(visibility_records.version < new.version, new.parent_run_id, visibility_records.parent_run_id),
       deleted_at = IF(visibility_records.version < new.version, new.deleted_at, visibility_records.deleted_at),
       version = IF(visibility_records.version < new.version, new.version, visibility_records.version)
