package io.odin.persistence.retention;

import io.odin.persistence.namespace.NamespaceId;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is stored of a namespace that is deleted or does not exist.
 *
 * @param namespace the namespace
 * @param deletedAt when it was deleted, by the database's clock; empty if there is no such
 *     namespace
 * @param rows the number of rows by table, at most 10,000 for each; tables without rows are left
 *     out
 */
public record NamespaceRemains(
    NamespaceId namespace, Optional<Instant> deletedAt, SortedMap<String, Long> rows) {

  /** Copies the map. */
  public NamespaceRemains {
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
  }

  /** Whether nothing is stored but the record of the deletion. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }
}
