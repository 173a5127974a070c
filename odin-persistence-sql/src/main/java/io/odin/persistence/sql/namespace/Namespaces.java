package io.odin.persistence.sql.namespace;

import io.odin.persistence.Limits;
import io.odin.persistence.namespace.NamespaceStore;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.write.AppliedWrites;

/** The area of namespaces. Thread-safe. */
public final class Namespaces {

  private final NamespaceStore store;
  private final LiveNamespaces live;

  /** Makes the statements and the store. */
  public Namespaces(Database database, Statements statements, AppliedWrites writes, Limits limits) {
    live = new LiveNamespaces(statements);
    store = new SqlNamespaceStore(database, new NamespaceSql(statements), writes, limits);
  }

  /** Those in which something can be created. */
  public LiveNamespaces live() {
    return live;
  }

  /** The store of the API. */
  public NamespaceStore store() {
    return store;
  }
}
