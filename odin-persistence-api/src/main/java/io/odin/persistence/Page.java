package io.odin.persistence;

import io.odin.persistence.internal.Require;
import java.util.List;
import java.util.Optional;

/**
 * One page of a listing. A row that is there during the whole listing comes exactly once, whatever
 * is written meanwhile.
 *
 * @param items the rows, in the order that the operation states; may be empty
 * @param next where to go on; empty after the last page
 */
public record Page<T>(List<T> items, Optional<PageToken> next) {

  /** Copies the items. */
  public Page {
    items = List.copyOf(Require.nonNull("items", items));
    Require.nonNull("next", next);
  }
}
