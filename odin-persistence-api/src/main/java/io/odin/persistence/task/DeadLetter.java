package io.odin.persistence.task;

import io.odin.persistence.Json;
import io.odin.persistence.execution.RunKey;
import java.time.Instant;

/**
 * A task that failed for good.
 *
 * @param key its queue and id
 * @param run the run it belongs to
 * @param data what the worker was to know
 * @param attempts how often it was delivered
 * @param reason why it failed the last time
 * @param deadAt since when it is dead, by the database's clock
 */
public record DeadLetter(
    TaskKey key, RunKey run, Json data, int attempts, String reason, Instant deadAt) {}
