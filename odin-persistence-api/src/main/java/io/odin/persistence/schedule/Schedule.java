package io.odin.persistence.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
 * @param remainingActions how many runs it will still start, if that is limited: the maximum of the
 *     definition less the runs that were started, by due times or on request, since it was created
 *     or an update changed the maximum. At 0 it is not due any more
 * @param requestedAt the due times that were requested, by {@link ScheduleStore#trigger} or {@link
 *     ScheduleStore#backfill}, and have no outcome yet, ascending; they precede all others, so the
 *     first of them is {@code nextDueAt}
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
    OptionalLong remainingActions,
    List<Instant> requestedAt,
    long version,
    Instant createdAt) {

  /** Copies the list. */
  public Schedule {
    requestedAt = List.copyOf(requestedAt);
  }

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
    return dueAt.plusMillis(Jitter.millis(key.scheduleId(), dueAt, definition.jitter().toMillis()));
  }
}
