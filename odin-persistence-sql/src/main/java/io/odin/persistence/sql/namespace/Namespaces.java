package io.odin.persistence.sql.namespace;

import io.odin.persistence.Limits;
import io.odin.persistence.namespace.NamespaceStore;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Statements;

/** The area of namespaces. Thread-safe. */
public final class Namespaces {

  private final NamespaceStore store;

  /** Makes the statements and the store. */
  public Namespaces(Database database, Statements statements, Limits limits) {
    store = new SqlNamespaceStore(database, new NamespaceSql(statements), limits);
  }

  /** The store of the API. */
  public NamespaceStore store() {
    return store;
  }
}
