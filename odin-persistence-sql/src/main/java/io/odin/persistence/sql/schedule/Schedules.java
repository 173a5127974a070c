package io.odin.persistence.sql.schedule;

import io.odin.persistence.Limits;
import io.odin.persistence.schedule.ScheduleStore;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.write.AppliedWrites;

/** The area of schedules. Thread-safe. */
public final class Schedules {

  private final ScheduleStore store;
  private final ScheduleCommit commit;

  /** Makes the statements and the store. */
  public Schedules(
      Database database,
      Statements statements,
      AppliedWrites writes,
      LiveNamespaces live,
      AttributeCheck attributes,
      Limits limits) {
    ScheduleSql sql = new ScheduleSql(statements);
    ScheduleHistorySql historySql = new ScheduleHistorySql(statements);
    commit = new ScheduleCommit(sql, historySql);
    store =
        new SqlScheduleStore(
            database,
            limits,
            sql,
            writes,
            live,
            attributes,
            commit,
            new ScheduleClaim(database, sql, historySql, commit),
            new ScheduleHistory(database, sql, historySql),
            new ScheduleRequests(database, sql, historySql, writes, live));
  }

  /** The store of the API. */
  public ScheduleStore store() {
    return store;
  }

  /** What a commit does to schedules. */
  public ScheduleCommit commit() {
    return commit;
  }
}
