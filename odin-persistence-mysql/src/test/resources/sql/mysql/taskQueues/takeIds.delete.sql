DELETE FROM task_id_sequence WHERE block_id = LAST_INSERT_ID()
