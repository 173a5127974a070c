INSERT INTO task_queue_leases (namespace_id, task_queue_name, task_queue_type, worker_identity, leased_at, heartbeat_at, task_id, lease_id, lease_expires_at, attempt_count)
SELECT * FROM (
  SELECT :namespace_id, :task_queue_name, :task_queue_type, :worker_identity, UTC_TIMESTAMP(6) + INTERVAL :leased_at MICROSECOND, UTC_TIMESTAMP(6) + INTERVAL :heartbeat_at MICROSECOND, r.task_id, UUID_TO_BIN(r.lease_id), r.lease_expires_at, r.attempt_count
    FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      task_id BIGINT PATH '$[0][0]' ERROR ON ERROR,
      lease_id CHAR(36) CHARACTER SET ascii PATH '$[1][0]' ERROR ON ERROR,
      lease_expires_at DATETIME(6) PATH '$[2][0]' ERROR ON ERROR,
      attempt_count INT PATH '$[3][0]' ERROR ON ERROR)) AS r) AS new (namespace_id, task_queue_name, task_queue_type, worker_identity, leased_at, heartbeat_at, task_id, lease_id, lease_expires_at, attempt_count)
ON DUPLICATE KEY UPDATE lease_id = new.lease_id, worker_identity = new.worker_identity, leased_at = new.leased_at, lease_expires_at = new.lease_expires_at, heartbeat_at = new.heartbeat_at, attempt_count = new.attempt_count
