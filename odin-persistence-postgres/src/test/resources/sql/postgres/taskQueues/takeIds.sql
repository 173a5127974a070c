SELECT nextval('task_id_sequence') AS task_id FROM generate_series(1, 1000)
