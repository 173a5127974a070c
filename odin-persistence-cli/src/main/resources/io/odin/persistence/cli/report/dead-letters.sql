SELECT task_queue_name, task_queue_type, COUNT(*) AS dead, MAX(dead_at) AS latest
FROM task_dead_letters
GROUP BY task_queue_name, task_queue_type
ORDER BY dead DESC
