package io.odin.persistence.task;

import io.odin.persistence.internal.Require;
import java.time.Duration;

/**
 * A request for tasks.
 *
 * @param queue the queue
 * @param worker the owner of the leases
 * @param leaseFor the duration of the leases, unless a heartbeat extends them
 * @param maximum maximum number of tasks, 1 to 1000
 * @param slice the part of the queue
 */
public record PollRequest(
    TaskQueue queue, String worker, Duration leaseFor, int maximum, PartitionSlice slice) {

  /** Checks every field. */
  public PollRequest {
    Require.nonNull("queue", queue);
    Require.id("worker", worker);
    leaseFor = Require.positive("leaseFor", leaseFor);
    Require.between("maximum", maximum, 1, Require.BATCH_ITEMS);
    Require.nonNull("slice", slice);
  }

  /** A request for tasks of the whole queue. */
  public static PollRequest of(TaskQueue queue, String worker, Duration leaseFor, int maximum) {
    return new PollRequest(queue, worker, leaseFor, maximum, PartitionSlice.all());
  }

  /** The same request for a part of the queue only. */
  public PollRequest within(PartitionSlice part) {
    return new PollRequest(queue, worker, leaseFor, maximum, part);
  }
}
