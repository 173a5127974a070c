package io.odin.persistence.value;

import io.odin.persistence.internal.Require;
import java.util.Optional;

/**
 * The part of a listing to return.
 *
 * @param limit maximum number of items, 1 to 1000; a page may have fewer, see {@link Page}
 * @param token the position to continue from; empty for the first page
 */
public record PageRequest(int limit, Optional<PageToken> token) {

  /** The largest limit. */
  public static final int MAXIMUM_LIMIT = 1000;

  /**
   * Checks the limit.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if limit is not within 1..1000
   */
  public PageRequest {
    Require.between("limit", limit, 1, MAXIMUM_LIMIT);
    Require.nonNull("token", token);
  }

  /** The first page. */
  public static PageRequest first(int limit) {
    return new PageRequest(limit, Optional.empty());
  }

  /** The page that follows the token. */
  public static PageRequest after(PageToken token, int limit) {
    return new PageRequest(limit, Optional.of(Require.nonNull("token", token)));
  }
}
