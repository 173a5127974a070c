select sysdate(6) as database_now
