package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import java.sql.SQLException;

/** Adds tasks to a queue on plain JDBC: one statement, which commits itself. */
public final class BaselineEnqueue {

  private static final String INSERT = "taskQueues.insert";

  private final Prepared insert;
  private final Parameter namespaceId;
  private final BaselineTaskRows rows;
  private final BaselineTaskIds ids;
  private long number;

  public BaselineEnqueue(Baseline baseline) throws SQLException {
    insert = baseline.prepare(INSERT);
    namespaceId = insert.parameter("namespace_id");
    rows = new BaselineTaskRows(insert, INSERT);
    ids = new BaselineTaskIds(baseline);
  }

  public long enqueue(int batch) throws SQLException {
    namespaceId.set(Sample.NAMESPACE.value());
    rows.bind(Sample.ACTIVITIES, batch, Runs.key(number++), ids);
    return insert.sendAll().getFirst();
  }
}
