package io.odin.persistence.task;

import java.time.Duration;
import java.util.Optional;

/**
 * How many tasks a queue holds, by what keeps them there.
 *
 * @param ready can be delivered now
 * @param delayed will be ready later
 * @param leased in a worker's hands
 * @param dead dead letters
 * @param oldestReady how long the oldest ready task has been ready; empty if none is
 */
public record QueueDepth(
    long ready, long delayed, long leased, long dead, Optional<Duration> oldestReady) {}
