package io.odin.persistence.sql.task;

import java.time.Duration;

/**
 * When a task of a queue becomes ready, and none of the same queue and priority does before.
 *
 * @param queue the place of the queue in the list of those that were asked for
 * @param until how long it is until then; zero if it is ready
 */
public record FirstReady(int queue, Duration until) {}
