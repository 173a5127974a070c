package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.task.PartitionSlice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Polls tasks on plain JDBC. */
public final class BaselineClaim {

  private static final int PRIORITIES = 5;
  private static final long ONE_SECOND = Duration.ofSeconds(1).toNanos();

  private final Baseline baseline;
  private final Prepared claim;
  private final @Nullable BaselineLeasing leasing;
  private final Parameter namespaceId;
  private final Parameter queueName;
  private final Parameter queueType;
  private final Parameter worker;
  private final Parameter leaseMicroseconds;
  private final Parameter partitionFrom;
  private final Parameter partitionTo;
  private final Parameter maximum;
  private final List<Parameter> bottoms = new ArrayList<>();

  // Where the last full batch was found, as the library records it: not older than a second.
  private Instant bottom = Instant.EPOCH;
  private long bottomSince;

  public BaselineClaim(Baseline baseline) throws SQLException {
    this.baseline = baseline;
    List<Sql> statements = baseline.named("taskQueues.claim");
    claim = baseline.prepare(statements.subList(0, 1));
    List<Sql> others = statements.subList(1, statements.size());
    leasing = others.isEmpty() ? null : new BaselineLeasing(baseline, others);
    namespaceId = claim.parameter("namespace_id");
    queueName = claim.parameter("task_queue_name");
    queueType = claim.parameter("task_queue_type");
    worker = leasing == null ? claim.parameter("worker_identity") : leasing.worker();
    leaseMicroseconds = claim.parameter("lease_microseconds");
    partitionFrom = claim.parameter("partition_from");
    partitionTo = claim.parameter("partition_to");
    maximum = claim.parameter("maximum");
    // All payloads of the benchmarks are small.
    claim.parameter("row_bytes").set(Long.MAX_VALUE);
    if (leasing == null) {
      claim.parameter("maximum_large").set(0);
    }
    for (int priority = 1; priority <= PRIORITIES; priority++) {
      bottoms.add(claim.parameter("watermark_" + priority));
    }
  }

  /** From where the next poll looks, if it is not a second after the last one from the bottom. */
  public Instant bottom() {
    return bottom;
  }

  /** A task in a worker's hands: what a program needs to work on it and to complete it. */
  record Leased(
      long taskId,
      UUID leaseId,
      String workflowId,
      UUID runId,
      String data,
      int priority,
      int attempt,
      Instant scheduledAt,
      Instant leasedUntil) {}

  public List<Leased> poll(String identity, Duration lease, int batch) throws SQLException {
    namespaceId.set(Sample.NAMESPACE.value());
    queueName.set(Sample.ACTIVITIES.name());
    queueType.set(Sample.ACTIVITIES.type().value());
    worker.set(identity);
    leaseMicroseconds.set(lease.toNanos() / 1000);
    partitionFrom.set(PartitionSlice.all().from());
    partitionTo.set(PartitionSlice.all().to());
    maximum.set(batch);
    if (System.nanoTime() - bottomSince > ONE_SECOND) {
      bottom = Instant.EPOCH;
      bottomSince = System.nanoTime();
    }
    for (Parameter parameter : bottoms) {
      parameter.set(bottom);
    }
    List<Leased> leased = new ArrayList<>(batch);
    claim.send((sql, row) -> leased.add(leased(row)));
    if (leasing != null && !leased.isEmpty()) {
      leasing.lease(Sample.ACTIVITIES, leased);
    }
    baseline.commit();
    bottom = leased.size() < batch ? Instant.EPOCH : earliest(leased);
    return leased;
  }

  private Leased leased(ResultSet row) throws SQLException {
    return new Leased(
        row.getLong("task_id"),
        baseline.uuid(row, "lease_id"),
        row.getString("workflow_id"),
        baseline.uuid(row, "run_id"),
        row.getString("task_data"),
        row.getInt("priority"),
        row.getInt("attempt_count"),
        baseline.instant(row, "scheduled_at"),
        baseline.instant(row, "leased_until"));
  }

  private static Instant earliest(List<Leased> leased) {
    return leased.stream()
        .map(Leased::scheduledAt)
        .min(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }
}
