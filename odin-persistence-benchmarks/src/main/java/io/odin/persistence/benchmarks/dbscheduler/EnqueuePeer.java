package io.odin.persistence.benchmarks.dbscheduler;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.zaxxer.hikari.HikariDataSource;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Peer;
import io.odin.persistence.benchmarks.harness.Side;
import io.odin.persistence.benchmarks.harness.Stage;
import io.odin.persistence.benchmarks.harness.Work;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.harness.WorkerSide;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Schedules tasks for now, one by one or in batches.
 *
 * @param batch how many at a time
 * @param data what each carries
 */
public record EnqueuePeer(int batch, String data) implements Peer {

  @Override
  public Side open(Stage stage, int count) throws SQLException {
    Database database = stage.empty(ScheduledTasks.PEER);
    ScheduledTasks.create(database);
    HikariDataSource pool = ScheduledTasks.pool(database, count);
    OneTimeTask<String> task = ScheduledTasks.task(new AtomicLong());
    SchedulerClient client = SchedulerClient.Builder.create(pool, task).build();
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      workers.add(batch == 1 ? one(client, task) : many(client, task));
    }
    Work work = (checked, done) -> checked.expect(done, ScheduledTasks.countQuery());
    return WorkerSide.peer(ScheduledTasks.PEER, stage, database, work, workers, List.of(pool));
  }

  private Worker one(SchedulerClient client, OneTimeTask<String> task) {
    return () ->
        client.scheduleIfNotExists(task.instance(UUID.randomUUID().toString(), data), Instant.now())
            ? 1
            : 0;
  }

  private Worker many(SchedulerClient client, OneTimeTask<String> task) {
    return () -> {
      List<TaskInstance<?>> instances = new ArrayList<>(batch);
      for (int i = 0; i < batch; i++) {
        instances.add(task.instance(UUID.randomUUID().toString(), data));
      }
      client.scheduleBatch(instances, Instant.now());
      return batch;
    };
  }
}
