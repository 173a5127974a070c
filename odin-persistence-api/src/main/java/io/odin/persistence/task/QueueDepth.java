package io.odin.persistence.task;

import java.time.Duration;
import java.util.Optional;

/**
 * The number of tasks of a queue, by state.
 *
 * @param ready tasks that can be delivered now
 * @param delayed tasks that become ready later
 * @param leased tasks with a live lease
 * @param dead dead letters
 * @param oldestReady the time since the oldest ready task became ready; empty if none is
 */
public record QueueDepth(
    long ready, long delayed, long leased, long dead, Optional<Duration> oldestReady) {}
