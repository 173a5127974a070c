package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.floor.Floor;
import io.odin.persistence.benchmarks.floor.Parameter;
import io.odin.persistence.benchmarks.floor.Prepared;
import java.sql.SQLException;
import java.util.List;

/** Completes tasks on plain JDBC. */
final class FloorComplete {

  private final Floor floor;
  private final Prepared complete;
  private final Parameter namespaceId;
  private final FloorLeaseRows rows;

  FloorComplete(Floor floor) throws SQLException {
    this.floor = floor;
    complete = floor.prepare("taskQueues.complete");
    namespaceId = complete.parameter("namespace_id");
    rows = new FloorLeaseRows(complete);
  }

  /** Completes leased tasks and says how many. */
  long complete(List<FloorClaim.Leased> leased) throws SQLException {
    if (leased.isEmpty()) {
      return 0;
    }
    namespaceId.set(Sample.NAMESPACE.value());
    rows.bind(
        Sample.ACTIVITIES,
        leased.stream()
            .map(task -> new FloorLeaseRows.Lease(task.taskId(), task.leaseId()))
            .toList());
    long completed = complete.sendAll().getFirst();
    floor.commit();
    return completed;
  }
}
