SELECT
    n.namespace_name,
    we.workflow_state,
    COUNT(*) AS count
FROM workflow_executions we
JOIN namespaces n ON we.namespace_id = n.namespace_id
GROUP BY n.namespace_name, we.workflow_state
ORDER BY n.namespace_name, we.workflow_state
