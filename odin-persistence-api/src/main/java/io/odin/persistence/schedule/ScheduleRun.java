package io.odin.persistence.schedule;

import io.odin.persistence.run.RunKey;
import java.time.Instant;
import java.util.Optional;

/**
 * The record of a due time and its outcome. It is kept after the run was deleted.
 *
 * @param schedule the schedule
 * @param dueAt the due time; there is one record for each
 * @param run the run that was started; empty if none was
 * @param startedAt the time of the start, by the database's clock
 * @param result the result; empty while the run is open
 * @param completedAt when the result was recorded, by the database's clock
 * @param message a message for operators; may be empty
 */
public record ScheduleRun(
    ScheduleKey schedule,
    Instant dueAt,
    Optional<RunKey> run,
    Optional<Instant> startedAt,
    Optional<ScheduleResult> result,
    Optional<Instant> completedAt,
    String message) {}
