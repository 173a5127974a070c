package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.floor.Floor;
import io.odin.persistence.benchmarks.floor.Prepared;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;

/** Task ids, taken in blocks as the library takes them. */
final class FloorTaskIds {

  private static final int BLOCK = 1000;

  private final Prepared take;
  private final Queue<Long> ids = new ArrayDeque<>();

  FloorTaskIds(Floor floor) throws SQLException {
    take = floor.prepare("taskQueues.takeIds");
  }

  long next() throws SQLException {
    if (ids.isEmpty()) {
      take.send((sql, row) -> ids.add(row.getLong("task_id")));
      // Where only the first of the block is told, the others follow.
      for (long id = ids.element() + 1; ids.size() < BLOCK; id++) {
        ids.add(id);
      }
    }
    return ids.remove();
  }
}
