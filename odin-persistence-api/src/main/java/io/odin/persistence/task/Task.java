package io.odin.persistence.task;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Payload;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored task.
 *
 * @param key its queue and id
 * @param run the run it belongs to
 * @param data the input of the worker
 * @param priority 1 (first) to 5 (last)
 * @param scheduledAt when it became deliverable, by the database's clock
 * @param expiresAt when it expires: it is not delivered after that; empty if it does not expire
 */
public record Task(
    TaskKey key,
    RunKey run,
    Payload data,
    int priority,
    Instant scheduledAt,
    Optional<Instant> expiresAt) {}
