package io.odin.persistence.sql;

import io.odin.persistence.Limits;
import io.odin.persistence.namespace.NamespaceStore;

/** The area of namespaces. Thread-safe. */
final class Namespaces {

  private final NamespaceStore store;

  Namespaces(Database database, Statements statements, Limits limits) {
    store = new SqlNamespaceStore(database, new NamespaceSql(statements), limits);
  }

  NamespaceStore store() {
    return store;
  }
}
