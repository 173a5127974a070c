package io.odin.persistence.sql.task;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskLease;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * Numbering, claiming and completing tasks, as a database does it best. Immutable and thread-safe.
 */
public interface TaskStatements {

  /**
   * Takes a block of new task ids, rising, which no other caller gets. Each statement is for
   * itself; if one fails, another block is taken, and no id of this one is ever used.
   */
  List<Long> takeIds(Session session) throws SQLException;

  /**
   * Leases tasks that are ready since the watermark or later, skipping those that another worker is
   * taking, and shows the leases in task_queue_leases; see {@link
   * io.odin.persistence.task.TaskQueueStore#poll}. {@link TaskMapper} binds and reads.
   *
   * @return the tasks, in any order
   */
  List<LeasedTask> claim(Session session, PollRequest request, PollWatermark watermark)
      throws SQLException;

  /** Whether a claim is several statements, and so has to be a transaction. */
  boolean claimsInSteps();

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
