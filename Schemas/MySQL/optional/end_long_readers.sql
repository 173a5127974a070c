-- Odin persistence, MySQL, optional: ends transactions of odin_readonly that hold up others.
--
--   mysql odin_orchestrator < optional/end_long_readers.sql      (as an administrator that is kept, after roles.sql)
--
-- An account that may read a table may also lock its rows, with SELECT ... FOR SHARE or in the isolation level SERIALIZABLE, until
-- its transaction ends, and MySQL has neither a grant that prevents it nor a limit for idle transactions. Every five seconds this
-- event ends the sessions of accounts with the role odin_readonly whose transaction is open for five seconds and holds locks of
-- rows, or is open for a minute. On PostgreSQL, roles.sql sets the same limit of a minute, and readers cannot lock.
--
-- Needs the event scheduler, which is on unless event_scheduler says otherwise, and for the account that runs this: EVENT,
-- CONNECTION_ADMIN, and SELECT on performance_schema and on mysql.role_edges. Can be run again at any time. To undo it:
-- DROP EVENT odin_end_long_readers.

DELIMITER //

DROP EVENT IF EXISTS odin_end_long_readers
//

CREATE EVENT odin_end_long_readers
    ON SCHEDULE EVERY 5 SECOND
    COMMENT 'Ends transactions of odin_readonly that hold locks or are open for a minute'
DO
BEGIN
    DECLARE finished boolean DEFAULT false;
    DECLARE reader bigint unsigned;
    DECLARE readers CURSOR FOR
        SELECT p.processlist_id
          FROM performance_schema.events_transactions_current t
          JOIN performance_schema.threads p ON p.thread_id = t.thread_id
         WHERE t.state = 'ACTIVE'
           AND t.timer_wait > 5 * 1000000000000
           AND p.processlist_id <> CONNECTION_ID()
           AND EXISTS (SELECT * FROM mysql.role_edges e
                        WHERE e.from_user = 'odin_readonly' AND e.to_user = p.processlist_user)
           AND (t.timer_wait > 60 * 1000000000000
                OR EXISTS (SELECT * FROM performance_schema.data_locks l
                            WHERE l.thread_id = t.thread_id AND l.lock_type = 'RECORD'));
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET finished = true;
    -- The session has ended by itself.
    DECLARE CONTINUE HANDLER FOR 1094 BEGIN END;

    OPEN readers;
    FETCH readers INTO reader;
    WHILE NOT finished DO
        KILL reader;
        FETCH readers INTO reader;
    END WHILE;
    CLOSE readers;
END
//

DELIMITER ;
