package io.odin.persistence.schedule;

import io.odin.persistence.execution.RunKey;
import java.time.Instant;
import java.util.Optional;

/**
 * The outcome of a due time. It outlives the run.
 *
 * @param schedule whose due time it was
 * @param dueAt the due time; there is one record for each
 * @param run the run that was started; empty if none was
 * @param startedAt when that was, by the database's clock
 * @param result its result; empty while the run is open
 * @param completedAt when the result was recorded, by the database's clock
 * @param message what there is to say about it; may be empty
 */
public record ScheduleRun(
    ScheduleKey schedule,
    Instant dueAt,
    Optional<RunKey> run,
    Optional<Instant> startedAt,
    Optional<ScheduleResult> result,
    Optional<Instant> completedAt,
    String message) {}
