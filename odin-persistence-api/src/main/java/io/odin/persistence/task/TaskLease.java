package io.odin.persistence.task;

import io.odin.persistence.internal.Require;
import java.time.Instant;
import java.util.UUID;

/**
 * The exclusive right to work on a task, until it expires.
 *
 * @param task the task
 * @param leaseId new with each delivery
 * @param worker the owner
 * @param attempt 1 with the first delivery, one more with each
 * @param expiresAt when another worker may receive the task, by the database's clock
 */
public record TaskLease(TaskKey task, UUID leaseId, String worker, int attempt, Instant expiresAt) {

  /** Checks every field. */
  public TaskLease {
    Require.nonNull("task", task);
    Require.nonNull("leaseId", leaseId);
    Require.id("worker", worker);
    Require.between("attempt", attempt, 1, Integer.MAX_VALUE);
    expiresAt = Require.instant("expiresAt", expiresAt);
  }
}
