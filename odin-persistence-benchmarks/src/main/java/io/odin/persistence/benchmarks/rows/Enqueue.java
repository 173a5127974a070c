package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.dbscheduler.EnqueuePeer;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Peer;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineEnqueue;
import io.odin.persistence.benchmarks.rows.data.Queue;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.task.NewTask;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds tasks to a queue.
 *
 * @param batch how many at a time
 */
public record Enqueue(int batch) implements Row {

  @Override
  public String name() {
    return "enqueue-" + batch;
  }

  @Override
  public String unit() {
    return "tasks";
  }

  @Override
  public void prepare(Database database, int workers) {}

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    BaselineEnqueue tasks = new BaselineEnqueue(baseline);
    return () -> tasks.enqueue(batch);
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    return () -> {
      if (batch == 1) {
        persistence.taskQueues().enqueue(Queue.newTask(index));
        return 1;
      }
      List<NewTask> tasks = new ArrayList<>(batch);
      for (int i = 0; i < batch; i++) {
        tasks.add(Queue.newTask(i));
      }
      return persistence.taskQueues().enqueueAll(tasks).size();
    };
  }

  @Override
  public List<Peer> peers() {
    return List.of(new EnqueuePeer(batch, Sample.TASK_DATA));
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    database.expect(done, "SELECT count(*) FROM task_queues");
  }
}
