package io.odin.persistence.task;

/**
 * A task leased by a worker.
 *
 * @param task the task
 * @param lease the lease
 */
public record LeasedTask(Task task, TaskLease lease) {}
