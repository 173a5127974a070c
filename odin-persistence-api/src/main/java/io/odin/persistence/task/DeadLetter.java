package io.odin.persistence.task;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Payload;
import java.time.Instant;

/**
 * A task that failed permanently.
 *
 * @param key its queue and id
 * @param run the run it belongs to
 * @param data the input of the worker
 * @param attempts the number of deliveries
 * @param reason the reason of the last failure
 * @param deadAt when it became a dead letter, by the database's clock
 */
public record DeadLetter(
    TaskKey key, RunKey run, Payload data, int attempts, String reason, Instant deadAt) {}
