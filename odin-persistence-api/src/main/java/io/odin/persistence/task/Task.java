package io.odin.persistence.task;

import io.odin.persistence.Json;
import io.odin.persistence.execution.RunKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored task.
 *
 * @param key its queue and id
 * @param run the run it belongs to
 * @param data what the worker is to know
 * @param priority 1 (first) to 5 (last)
 * @param scheduledAt from when it could be delivered, by the database's clock
 * @param expiresAt after when it is not delivered any more; empty if it does not expire
 */
public record Task(
    TaskKey key,
    RunKey run,
    Json data,
    int priority,
    Instant scheduledAt,
    Optional<Instant> expiresAt) {}
