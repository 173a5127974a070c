package io.odin.persistence.timer;

import io.odin.persistence.Json;
import io.odin.persistence.execution.RunKey;
import java.time.Instant;

/**
 * A stored timer.
 *
 * @param run whose it is
 * @param timerId unique within the run
 * @param fireAt when it is due
 * @param data what the engine wants to know when it fires
 * @param createdAt when it was first set, by the database's clock
 */
public record WorkflowTimer(
    RunKey run, String timerId, Instant fireAt, Json data, Instant createdAt) {}
