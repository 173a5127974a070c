package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.floor.Floor;
import io.odin.persistence.benchmarks.floor.Parameter;
import io.odin.persistence.benchmarks.floor.Prepared;
import java.sql.SQLException;

/** Adds tasks to a queue on plain JDBC: one statement, which commits itself. */
final class FloorEnqueue {

  private final Prepared insert;
  private final Parameter namespaceId;
  private final FloorTaskRows rows;
  private final FloorTaskIds ids;
  private long number;

  FloorEnqueue(Floor floor) throws SQLException {
    insert = floor.prepare("taskQueues.insert");
    namespaceId = insert.parameter("namespace_id");
    rows = new FloorTaskRows(insert);
    ids = new FloorTaskIds(floor);
  }

  long enqueue(int batch) throws SQLException {
    namespaceId.set(Sample.NAMESPACE.value());
    rows.bind(Sample.ACTIVITIES, batch, Runs.key(number++), ids);
    return insert.sendAll().getFirst();
  }
}
