package io.odin.persistence.sql.schedule;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.visibility.SearchAttributes;

/** Checks search attributes against those that a namespace has registered. */
@FunctionalInterface
public interface AttributeCheck {

  /**
   * Refuses attributes that no visibility record of the namespace may have.
   *
   * @throws io.odin.persistence.error.InvalidRequestException naming the attribute
   */
  void requireRegistered(NamespaceId namespace, SearchAttributes values);
}
