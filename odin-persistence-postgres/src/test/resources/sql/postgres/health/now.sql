select clock_timestamp() as database_now
