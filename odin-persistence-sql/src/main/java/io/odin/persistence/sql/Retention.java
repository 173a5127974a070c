package io.odin.persistence.sql;

import static io.odin.persistence.sql.Renderer.column;

import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.retention.RetentionStore;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The area of retention: archiving and deleting closed runs. Thread-safe. */
final class Retention {

  /** How many days a namespace, under the alias {@code n}, keeps closed runs; 0 is for ever. */
  static final Field<Object> RETENTION_DAYS = column("n", "retention_days");

  private static final long MICROSECONDS_OF_A_DAY = 24L * 3600 * 1_000_000;

  private final RetentionStore store;
  private final RunDeletion deletion;

  Retention(
      Database database,
      Statements statements,
      Shards shards,
      Runs runs,
      HistoryStore history,
      Visibility visibility) {
    RetentionSql sql = new RetentionSql(statements);
    deletion = new RunDeletion(runs, sql, shards.fence(), visibility.commit());
    RunArchiving archiving = new RunArchiving(database, runs, sql, shards.fence(), history);
    store = new SqlRetentionStore(database, sql, archiving, deletion, shards);
  }

  RetentionStore store() {
    return store;
  }

  RunDeletion deletion() {
    return deletion;
  }

  /** Runs of namespace {@code n} that ended until then have expired. */
  static Field<Object> latestExpiredEnd() {
    return DatabaseClock.before(RETENTION_DAYS.mul(DSL.inline(MICROSECONDS_OF_A_DAY)));
  }
}
