package io.odin.persistence.task;

import io.odin.persistence.error.LeaseLostException;

/**
 * A lease that was no longer valid when it was to be completed.
 *
 * @param lease the lease
 * @param reason how it ended
 */
public record LostLease(TaskLease lease, LeaseLostException.Reason reason) {}
