package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads all pages of a listing. */
public final class Pages {

  private Pages() {}

  /** The items of all pages. */
  public static <T> List<T> all(Function<PageRequest, Page<T>> listing) {
    List<T> items = new ArrayList<>();
    Optional<PageToken> from = Optional.empty();
    do {
      Page<T> page = listing.apply(new PageRequest(PageRequest.MAXIMUM_LIMIT, from));
      items.addAll(page.items());
      from = page.next();
    } while (from.isPresent());
    return items;
  }
}
