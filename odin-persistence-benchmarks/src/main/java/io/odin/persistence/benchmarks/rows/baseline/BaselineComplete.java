package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.benchmarks.rows.data.Sample;
import java.sql.SQLException;
import java.util.List;

/** Completes tasks on plain JDBC. */
public final class BaselineComplete {

  private final Baseline baseline;
  private final Prepared complete;
  private final Parameter namespaceId;
  private final BaselineLeaseRows rows;

  public BaselineComplete(Baseline baseline) throws SQLException {
    this.baseline = baseline;
    complete = baseline.prepare("taskQueues.complete");
    namespaceId = complete.parameter("namespace_id");
    rows = new BaselineLeaseRows(complete);
  }

  /** Completes leased tasks and says how many. */
  public long complete(List<BaselineClaim.Leased> leased) throws SQLException {
    if (leased.isEmpty()) {
      return 0;
    }
    namespaceId.set(Sample.NAMESPACE.value());
    rows.bind(
        Sample.ACTIVITIES,
        leased.stream()
            .map(task -> new BaselineLeaseRows.Lease(task.taskId(), task.leaseId()))
            .toList());
    long completed = complete.sendAll().getFirst();
    baseline.commit();
    return completed;
  }
}
