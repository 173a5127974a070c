package io.odin.persistence.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * A stored schedule.
 *
 * @param key its id
 * @param name its name, unique within the namespace
 * @param definition what it starts, and when
 * @param createdBy who created it
 * @param pauseNote why it is paused; empty if it is not
 * @param nextDueAt the due time that comes next, or that waits to be dealt with; empty if none
 *     comes any more
 * @param lastDueAt the last due time that was dealt with
 * @param lastResult the result of that one; empty while the run that it started is open
 * @param version 1 when created, one more with each update, pause and resume; due times leave it
 * @param createdAt when it was created, by the database's clock
 */
public record Schedule(
    ScheduleKey key,
    String name,
    ScheduleDefinition definition,
    Optional<String> createdBy,
    Optional<String> pauseNote,
    Optional<Instant> nextDueAt,
    Optional<Instant> lastDueAt,
    Optional<ScheduleResult> lastResult,
    long version,
    Instant createdAt) {

  /** Whether it is never claimed, until it is resumed. */
  public boolean isPaused() {
    return pauseNote.isPresent();
  }
}
