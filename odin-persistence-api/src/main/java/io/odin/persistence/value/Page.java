package io.odin.persistence.value;

import io.odin.persistence.internal.Require;
import java.util.List;
import java.util.Optional;

/**
 * A page of a listing. It may have fewer items than were asked for and still have a next page: it
 * ends before its payloads exceed {@link io.odin.persistence.Limits#pageBytes()}. Only the token
 * indicates whether there are more items. A row that exists during the whole listing is returned
 * exactly once, whatever is written in the meantime.
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
