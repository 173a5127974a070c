package io.odin.persistence.sql;

import static io.odin.persistence.sql.Renderer.column;

import io.odin.persistence.Limits;
import io.odin.persistence.visibility.VisibilityStore;
import org.jooq.Condition;

/** The area of visibility records, tags and search attributes. Thread-safe. */
final class Visibility {

  /** True of the records that were not deleted. */
  static final Condition PRESENT = column("deleted_at").isNull();

  private final VisibilityStore store;
  private final VisibilityCommit commit;
  private final VisibilityCheck check;

  Visibility(Database database, Statements statements, Limits limits) {
    VisibilitySql sql = new VisibilitySql(statements);
    AttributeRegistry attributes = new AttributeRegistry(database, sql);
    VisibilitySearch search = new VisibilitySearch(database, statements.renderer(), attributes);
    commit = new VisibilityCommit(sql);
    check = new VisibilityCheck(limits, attributes);
    store = new SqlVisibilityStore(database, sql, commit, check, attributes, search);
  }

  VisibilityStore store() {
    return store;
  }

  VisibilityCommit commit() {
    return commit;
  }

  VisibilityCheck check() {
    return check;
  }
}
