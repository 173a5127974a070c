INSERT INTO task_id_sequence () VALUES ()
