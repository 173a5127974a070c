package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.rows.Prepared.Parameter;
import io.odin.persistence.sql.Sql;
import io.odin.persistence.task.PartitionSlice;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** A task queue on plain JDBC. */
final class FloorTasks {

  private static final long ONE_SECOND = Duration.ofSeconds(1).toNanos();

  private final Enqueue enqueue;
  private final Claim claim;
  private final Complete complete;

  FloorTasks(Connection connection) throws SQLException {
    enqueue = new Enqueue(connection);
    claim = new Claim(connection);
    complete = new Complete(connection);
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
      OffsetDateTime scheduledAt,
      OffsetDateTime leasedUntil) {}

  long enqueue(int batch) throws SQLException {
    return enqueue.run(batch);
  }

  List<Leased> poll(String worker, Duration lease, int batch) throws SQLException {
    return claim.run(worker, lease, batch);
  }

  long complete(List<Leased> leased) throws SQLException {
    return leased.isEmpty() ? 0 : complete.run(leased);
  }

  private static final class Enqueue {
    private final Prepared insert;
    private final Parameter namespaceId;
    private final FloorTaskRows rows;
    private final FloorTaskIds ids;
    private long number;

    Enqueue(Connection connection) throws SQLException {
      Sql sql = LibrarySql.named("taskQueues.insert");
      insert = new Prepared(connection, List.of(sql));
      namespaceId = insert.parameter("namespace_id", sql);
      rows = new FloorTaskRows(insert, sql);
      ids = new FloorTaskIds(connection);
    }

    long run(int batch) throws SQLException {
      namespaceId.set(Sample.NAMESPACE.value());
      rows.bind(Sample.ACTIVITIES, batch, Runs.key(number++), ids::next);
      return insert.statement().executeUpdate();
    }
  }

  private static final class Claim {
    private final Prepared claim;
    private final Parameter namespaceId;
    private final Parameter queueName;
    private final Parameter queueType;
    private final Parameter worker;
    private final Parameter leaseMicroseconds;
    private final Parameter partitionFrom;
    private final Parameter partitionTo;
    private final Parameter maximum;
    private final List<Parameter> floors = new ArrayList<>();

    // Where the last full batch was found, as the library remembers it: not older than a second.
    private Instant floor = Instant.EPOCH;
    private long floorSince;

    Claim(Connection connection) throws SQLException {
      Sql sql = LibrarySql.named("taskQueues.claim");
      claim = new Prepared(connection, List.of(sql));
      namespaceId = claim.parameter("namespace_id", sql);
      queueName = claim.parameter("task_queue_name", sql);
      queueType = claim.parameter("task_queue_type", sql);
      worker = claim.parameter("worker_identity", sql);
      leaseMicroseconds = claim.parameter("lease_microseconds", sql);
      partitionFrom = claim.parameter("partition_from", sql);
      partitionTo = claim.parameter("partition_to", sql);
      maximum = claim.parameter("maximum", sql);
      for (int priority = 1; priority <= 5; priority++) {
        floors.add(claim.parameter("floor_" + priority, sql));
      }
    }

    List<Leased> run(String identity, Duration lease, int batch) throws SQLException {
      namespaceId.set(Sample.NAMESPACE.value());
      queueName.set(Sample.ACTIVITIES.name());
      queueType.set(Sample.ACTIVITIES.type().value());
      worker.set(identity);
      leaseMicroseconds.set(lease.toNanos() / 1000);
      partitionFrom.set(PartitionSlice.all().from());
      partitionTo.set(PartitionSlice.all().to());
      maximum.set(batch);
      if (System.nanoTime() - floorSince > ONE_SECOND) {
        floor = Instant.EPOCH;
        floorSince = System.nanoTime();
      }
      for (Parameter parameter : floors) {
        parameter.set(floor);
      }
      List<Leased> leased = new ArrayList<>(batch);
      try (ResultSet row = claim.statement().executeQuery()) {
        while (row.next()) {
          leased.add(
              new Leased(
                  row.getLong("task_id"),
                  row.getObject("lease_id", UUID.class),
                  row.getString("workflow_id"),
                  row.getObject("run_id", UUID.class),
                  row.getString("task_data"),
                  row.getInt("priority"),
                  row.getInt("attempt_count"),
                  row.getObject("scheduled_at", OffsetDateTime.class),
                  row.getObject("leased_until", OffsetDateTime.class)));
        }
      }
      floor =
          leased.size() < batch
              ? Instant.EPOCH
              : leased.stream()
                  .map(task -> task.scheduledAt().toInstant())
                  .min(Comparator.naturalOrder())
                  .orElse(Instant.EPOCH);
      return leased;
    }
  }

  private static final class Complete {
    private final Prepared complete;
    private final Parameter namespaceId;
    private final FloorLeaseRows rows;

    Complete(Connection connection) throws SQLException {
      Sql sql = LibrarySql.named("taskQueues.complete");
      complete = new Prepared(connection, List.of(sql));
      namespaceId = complete.parameter("namespace_id", sql);
      rows = new FloorLeaseRows(complete, sql);
    }

    long run(List<Leased> leased) throws SQLException {
      namespaceId.set(Sample.NAMESPACE.value());
      Long[] taskIds = new Long[leased.size()];
      UUID[] leaseIds = new UUID[leased.size()];
      for (int i = 0; i < taskIds.length; i++) {
        taskIds[i] = leased.get(i).taskId();
        leaseIds[i] = leased.get(i).leaseId();
      }
      rows.bind(Sample.ACTIVITIES, taskIds, leaseIds);
      long completed = 0;
      try (ResultSet row = complete.statement().executeQuery()) {
        while (row.next()) {
          completed++;
        }
      }
      return completed;
    }
  }
}
