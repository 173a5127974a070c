package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Peer;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineClaim;
import io.odin.persistence.benchmarks.rows.baseline.BaselineComplete;
import io.odin.persistence.benchmarks.rows.data.Queue;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueueStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Polls tasks and completes them.
 *
 * @param name of the row
 * @param batch how many at a time
 * @param backlog the queue never holds fewer ready tasks
 * @param inFlight how many more are leased to other workers all the time
 * @param peers who else drains a queue of this size
 */
public record Drain(String name, int batch, long backlog, long inFlight, List<Peer> peers)
    implements Row {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final long SMALLEST_REFILL = 5_000;
  private static final long LARGEST_REFILL = 50_000;

  /** Copies the peers. */
  public Drain {
    peers = List.copyOf(peers);
  }

  @Override
  public String unit() {
    return "tasks";
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    Queue.fill(database, inFlight);
    Queue.leaseAll(database);
    Queue.fill(database, backlog + allowance());
    database.settle();
  }

  @Override
  public long refill(Database database, long done) throws SQLException {
    if (done > 0) {
      Queue.fill(database, done);
    }
    return allowance();
  }

  private long allowance() {
    return Math.clamp(backlog, SMALLEST_REFILL, LARGEST_REFILL);
  }

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    // One statement commits itself, several need a transaction.
    baseline.connection().setAutoCommit(baseline.named("taskQueues.claim").size() == 1);
    BaselineClaim claim = new BaselineClaim(baseline);
    BaselineComplete complete = new BaselineComplete(baseline);
    return () -> complete.complete(claim.poll("worker-" + index, LEASE, batch));
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    TaskQueueStore queues = persistence.taskQueues();
    PollRequest request = PollRequest.of(Sample.ACTIVITIES, "worker-" + index, LEASE, batch);
    return () -> {
      List<LeasedTask> tasks = queues.poll(request);
      if (batch == 1) {
        tasks.forEach(task -> queues.complete(task.lease()));
        return tasks.size();
      }
      int lost = queues.completeAll(tasks.stream().map(LeasedTask::lease).toList()).size();
      return (long) tasks.size() - lost;
    };
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    database.expect(done, "SELECT count(*) FROM task_completions");
    database.expect(inFlight + backlog + allowance(), "SELECT count(*) FROM task_queues");
    database.expect(inFlight, "SELECT count(*) FROM task_queue_leases");
  }
}
