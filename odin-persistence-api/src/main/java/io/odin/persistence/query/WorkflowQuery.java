package io.odin.persistence.query;

import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored query with its answer, if there is one.
 *
 * @param key the key
 * @param name the name of the query
 * @param input the arguments
 * @param requestedAt the time of storage, by the database's clock
 * @param expiresAt the time of expiry; empty if it never expires, which only SQL can set
 * @param completion the first answer; empty without one
 */
public record WorkflowQuery(
    QueryKey key,
    String name,
    Json input,
    Instant requestedAt,
    Optional<Instant> expiresAt,
    Optional<Completion> completion) {

  /**
   * A stored answer.
   *
   * @param answer the result, or the error
   * @param executionVersion the version of the run that the answer was computed at
   * @param completedAt the time of storage, by the database's clock
   */
  public record Completion(QueryAnswer answer, long executionVersion, Instant completedAt) {}
}
