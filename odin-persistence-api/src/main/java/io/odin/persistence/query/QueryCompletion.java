package io.odin.persistence.query;

import io.odin.persistence.internal.Require;

/**
 * An answer to a query.
 *
 * @param query which query
 * @param answer its result, or why there is none
 */
public record QueryCompletion(QueryKey query, QueryAnswer answer) {

  /** Refuses null. */
  public QueryCompletion {
    Require.nonNull("query", query);
    Require.nonNull("answer", answer);
  }
}
