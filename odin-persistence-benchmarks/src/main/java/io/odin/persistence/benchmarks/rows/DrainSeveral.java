package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineClaim;
import io.odin.persistence.benchmarks.rows.baseline.BaselineComplete;
import io.odin.persistence.benchmarks.rows.baseline.BaselineLook;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * As {@link Drain}, but polls several queues in one call, of which one has tasks.
 *
 * @param name of the row
 * @param batch how many at a time
 * @param backlog the queue never holds fewer ready tasks
 * @param empty how many queues have none
 */
public record DrainSeveral(String name, int batch, long backlog, int empty) implements Row {

  private static final Duration LEASE = Duration.ofMinutes(1);

  private Drain one() {
    return new Drain(name, batch, backlog, 0, List.of());
  }

  private List<TaskQueue> queues() {
    TaskQueue full = Sample.ACTIVITIES;
    return Stream.concat(
            IntStream.range(0, empty)
                .mapToObj(i -> new TaskQueue(full.namespace(), "empty-" + i, full.type())),
            Stream.of(full))
        .toList();
  }

  @Override
  public String unit() {
    return "tasks";
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    one().prepare(database, workers);
  }

  @Override
  public long refill(Database database, long done) throws SQLException {
    return one().refill(database, done);
  }

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    baseline.connection().setAutoCommit(baseline.named("taskQueues.claim").size() == 1);
    BaselineLook look = new BaselineLook(baseline, queues());
    BaselineClaim claim = new BaselineClaim(baseline);
    BaselineComplete complete = new BaselineComplete(baseline);
    return () -> {
      if (!look.findsTask(claim.bottom())) {
        throw new IllegalStateException("the baseline found no queue with tasks");
      }
      return complete.complete(claim.poll("worker-" + index, LEASE, batch));
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    TaskQueueStore store = persistence.taskQueues();
    List<TaskQueue> queues = queues();
    return () -> {
      List<LeasedTask> tasks = store.pollAny(queues, "worker-" + index, LEASE, batch).tasks();
      int lost = store.completeAll(tasks.stream().map(LeasedTask::lease).toList()).size();
      return (long) tasks.size() - lost;
    };
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    one().verify(database, done);
  }
}
