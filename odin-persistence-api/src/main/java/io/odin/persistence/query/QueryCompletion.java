package io.odin.persistence.query;

import io.odin.persistence.internal.Require;

/**
 * An answer to a query.
 *
 * @param query the query
 * @param answer the result, or the error
 */
public record QueryCompletion(QueryKey query, QueryAnswer answer) {

  /** Refuses null. */
  public QueryCompletion {
    Require.nonNull("query", query);
    Require.nonNull("answer", answer);
  }
}
