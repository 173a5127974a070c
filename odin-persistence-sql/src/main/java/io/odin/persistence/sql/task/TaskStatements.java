package io.odin.persistence.sql.task;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.statement.Write;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Numbering, claiming and completing tasks, as a database does it best. Immutable and thread-safe.
 */
public interface TaskStatements {

  /**
   * Takes a block of new task ids, rising, which no other caller gets. Each step is for itself; if
   * one fails, another block is taken, and no id of this one is ever used.
   *
   * @return steps whose rows, taken together, are the ids, each row a {@link LongStream} of some
   */
  List<Step> takeIds();

  /**
   * Leases tasks that are ready since the watermark or later, skipping those that another worker is
   * taking, and shows the leases in task_queue_leases; see {@link
   * io.odin.persistence.task.TaskQueueStore#poll}. {@link TaskMapper} binds and reads.
   *
   * @param budget which payloads are small, and how many tasks with larger ones are leased
   * @return a write whose first step returns tasks, each a {@link ClaimedTask}, in any order; those
   *     of them are leased that {@link ClaimedTask#taken} takes
   */
  Write claim(PollRequest request, PollWatermark watermark, PollBudget budget);

  /**
   * Reads when the first task of each queue that will not have expired by then becomes ready.
   *
   * @param queues bound by {@link TaskMapper#queues}; not empty
   * @param watermarks one for each queue: below it may be tasks that are ready, and that the query
   *     may miss
   * @return a query with a row, or several, for each queue that has any, each a {@link FirstReady}
   */
  Step firstReady(List<TaskQueue> queues, List<PollWatermark> watermarks);

  /** Whether {@link #firstReady} begins at the watermarks, and not always at the first task. */
  boolean beginsAtWatermarks();

  /**
   * Removes tasks whose leases hold, and records the leases. The count of the first step says how
   * many held; if it returns rows, they are the ids of those leases.
   *
   * @param leases of one namespace; not empty
   */
  List<Step> complete(NamespaceId namespace, Collection<TaskLease> leases);

  /** The statements that these methods run, human-readable. */
  List<Sql> all();
}
