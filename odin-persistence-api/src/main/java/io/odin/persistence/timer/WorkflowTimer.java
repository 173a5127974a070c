package io.odin.persistence.timer;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Payload;
import java.time.Instant;

/**
 * A stored timer.
 *
 * @param run the run
 * @param timerId unique within the run
 * @param fireAt the due instant
 * @param data the data for the engine when it fires
 * @param createdAt the time when it was first set, by the database's clock
 */
public record WorkflowTimer(
    RunKey run, String timerId, Instant fireAt, Payload data, Instant createdAt) {}
