package io.odin.persistence;

import io.odin.persistence.internal.Require;
import java.util.List;
import java.util.Optional;

/**
 * A page of a listing. A row that exists during the whole listing is returned exactly once,
 * whatever is written in the meantime.
 *
 * @param items the rows, in the order that the operation states; may be empty
 * @param next the token of the next page; empty after the last page
 */
public record Page<T>(List<T> items, Optional<PageToken> next) {

  /** Copies the items. */
  public Page {
    items = List.copyOf(Require.nonNull("items", items));
    Require.nonNull("next", next);
  }
}
