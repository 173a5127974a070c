package io.odin.persistence.sql;

import io.odin.persistence.Limits;
import io.odin.persistence.schedule.ScheduleStore;

/** The area of schedules. Thread-safe. */
final class Schedules {

  private final ScheduleStore store;
  private final ScheduleCommit commit;

  Schedules(Database database, Statements statements, Limits limits) {
    ScheduleSql sql = new ScheduleSql(statements);
    ScheduleHistorySql historySql = new ScheduleHistorySql(statements);
    commit = new ScheduleCommit(sql, historySql);
    store =
        new SqlScheduleStore(
            database,
            limits,
            sql,
            commit,
            new ScheduleClaim(database, sql, historySql, commit),
            new ScheduleHistory(database, sql, historySql));
  }

  ScheduleStore store() {
    return store;
  }

  ScheduleCommit commit() {
    return commit;
  }
}
