package io.odin.persistence.namespace;

import io.odin.persistence.internal.Require;
import io.odin.persistence.value.TimeOrderedId;
import java.util.UUID;

/**
 * The id of a namespace.
 *
 * @param value the UUID under which the namespace is stored
 */
public record NamespaceId(UUID value) {

  /** Refuses null. */
  public NamespaceId {
    Require.nonNull("namespaceId", value);
  }

  /** A new, time-ordered id. */
  public static NamespaceId create() {
    return new NamespaceId(TimeOrderedId.next());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
