package io.odin.persistence.schedule;

import io.odin.persistence.internal.Require;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The exclusive right to one due time of a schedule, until it expires.
 *
 * @param schedule the schedule
 * @param leaseId new with each claim
 * @param owner the owner
 * @param dueAt the due time
 * @param nextDueAt the due time that follows; empty if none does
 * @param expiresAt when another scheduler may claim the due time, by the database's clock
 */
public record ScheduleLease(
    ScheduleKey schedule,
    UUID leaseId,
    String owner,
    Instant dueAt,
    Optional<Instant> nextDueAt,
    Instant expiresAt) {

  /** Checks every field. */
  public ScheduleLease {
    Require.nonNull("schedule", schedule);
    Require.nonNull("leaseId", leaseId);
    Require.id("owner", owner);
    dueAt = Require.instant("dueAt", dueAt);
    nextDueAt = Require.optionalInstant("nextDueAt", nextDueAt);
    expiresAt = Require.instant("expiresAt", expiresAt);
  }
}
