package io.odin.persistence.query;

import io.odin.persistence.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored query with its answer, if there is one.
 *
 * @param key which query
 * @param name what is asked
 * @param input what the answer depends on
 * @param requestedAt when it was stored, by the database's clock
 * @param expiresAt when it expires; empty if never, which only a program that writes SQL can store
 * @param completion the first answer; empty as long as there is none
 */
public record WorkflowQuery(
    QueryKey key,
    String name,
    Json input,
    Instant requestedAt,
    Optional<Instant> expiresAt,
    Optional<Completion> completion) {

  /**
   * An answer that was stored.
   *
   * @param answer the result, or why there is none
   * @param executionVersion the version of the run that the answer was computed at
   * @param completedAt when it was stored, by the database's clock
   */
  public record Completion(QueryAnswer answer, long executionVersion, Instant completedAt) {}
}
