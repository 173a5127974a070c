package io.odin.persistence.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * A stored schedule.
 *
 * @param key its id
 * @param name its name, unique within the namespace
 * @param definition the definition
 * @param createdBy the creator
 * @param pauseNote the reason of the pause; empty if it is not paused
 * @param nextDueAt the next due time, or the claimed one that has no outcome yet; empty if there is
 *     none
 * @param lastDueAt the last due time that has an outcome
 * @param lastResult the result of that one; empty while its run is open
 * @param version 1 when created, one more with each update, pause and resume, but not with a due
 *     time
 * @param createdAt the time of creation, by the database's clock
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

  /** Whether it is paused: not claimed until it is resumed. */
  public boolean isPaused() {
    return pauseNote.isPresent();
  }

  /**
   * The time from which a due time may be claimed: the due time itself, plus a delay below the
   * jitter of the definition. The delay depends on the id of the schedule and the due time only, so
   * it is the same whenever it is computed; the delays of many schedules are spread evenly.
   *
   * @param dueAt a due time
   */
  public Instant claimableAt(Instant dueAt) {
    return dueAt.plusMillis(
        Jitter.millis(key.scheduleId(), dueAt, definition.jitter().toMillis()));
  }
}
