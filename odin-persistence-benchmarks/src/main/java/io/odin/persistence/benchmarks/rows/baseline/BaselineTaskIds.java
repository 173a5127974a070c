package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.Prepared;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;

/** Task ids, taken in blocks as the library takes them. */
public final class BaselineTaskIds {

  private static final int BLOCK = 1000;

  private final Prepared take;
  private final Queue<Long> ids = new ArrayDeque<>();

  public BaselineTaskIds(Baseline baseline) throws SQLException {
    take = baseline.prepare("taskQueues.takeIds");
  }

  long next() throws SQLException {
    if (ids.isEmpty()) {
      take.send((sql, row) -> ids.add(row.getLong("task_id")));
      // Where only the first of the block is returned, the others follow it.
      for (long id = ids.element() + 1; ids.size() < BLOCK; id++) {
        ids.add(id);
      }
    }
    return ids.remove();
  }
}
