package io.odin.persistence.task;

/**
 * A task in a worker's hands.
 *
 * @param task what is to be done
 * @param lease until when, and under which id
 */
public record LeasedTask(Task task, TaskLease lease) {}
