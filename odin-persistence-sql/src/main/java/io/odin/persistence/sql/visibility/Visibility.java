package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.DELETED_AT;

import io.odin.persistence.Limits;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.visibility.VisibilityStore;
import org.jooq.Condition;

/** The area of visibility records, tags and search attributes. Thread-safe. */
public final class Visibility {

  /** True of the records that were not deleted. */
  public static final Condition PRESENT = DELETED_AT.isNull();

  private final VisibilityStore store;
  private final VisibilityCommit commit;
  private final VisibilityCheck check;

  /** Makes the statements and the store. */
  public Visibility(
      Database database,
      Dialect dialect,
      Statements statements,
      Runs runs,
      LiveNamespaces live,
      Limits limits) {
    VisibilitySql sql = new VisibilitySql(statements);
    AttributeRegistry attributes = new AttributeRegistry(database, sql);
    VisibilitySearch search =
        new VisibilitySearch(database, dialect, statements.renderer(), attributes);
    commit = new VisibilityCommit(sql);
    check = new VisibilityCheck(limits, attributes, database, commit);
    store = new SqlVisibilityStore(database, runs, live, sql, commit, check, attributes, search);
  }

  /** The store of the API. */
  public VisibilityStore store() {
    return store;
  }

  /** What a commit does to visibility. */
  public VisibilityCommit commit() {
    return commit;
  }

  /** What refuses records and tags that cannot be stored. */
  public VisibilityCheck check() {
    return check;
  }
}
