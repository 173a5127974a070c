package io.odin.persistence.sql.retention;

import static io.odin.persistence.sql.statement.Renderer.column;

import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.retention.RetentionStore;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.NamespacesTable;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.shard.Shards;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.visibility.Visibility;
import java.time.Instant;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The area of retention: archiving and deleting closed runs. Thread-safe. */
public final class Retention {

  /** How many days a namespace, under the alias {@code n}, keeps closed runs; 0 is for ever. */
  public static final Field<Integer> RETENTION_DAYS = column("n", NamespacesTable.RETENTION_DAYS);

  private static final long MICROSECONDS_OF_A_DAY = 24L * 3600 * 1_000_000;

  private final RetentionStore store;
  private final RunDeletion deletion;

  /** Makes the statements and the store. */
  public Retention(
      Database database,
      Statements statements,
      Shards shards,
      Runs runs,
      HistoryStore history,
      Visibility visibility) {
    RetentionSql sql = new RetentionSql(statements);
    deletion = new RunDeletion(runs, sql, shards.fence(), visibility.commit());
    RunArchiving archiving = new RunArchiving(database, runs, sql, shards.fence(), history);
    NamespacePurge purge = new NamespacePurge(database, statements);
    store = new SqlRetentionStore(database, sql, archiving, deletion, purge, shards);
  }

  /** The store of the API. */
  public RetentionStore store() {
    return store;
  }

  /** Deletes closed runs. */
  public RunDeletion deletion() {
    return deletion;
  }

  /** Runs of namespace {@code n} that ended until then have expired. */
  public static Field<Instant> latestExpiredEnd() {
    return DatabaseClock.before(RETENTION_DAYS.mul(DSL.inline(MICROSECONDS_OF_A_DAY)));
  }
}
