package io.odin.persistence.benchmarks.dbscheduler;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.zaxxer.hikari.HikariDataSource;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Side;
import io.odin.persistence.benchmarks.harness.Slice;
import io.odin.persistence.benchmarks.harness.Stage;
import io.odin.persistence.benchmarks.harness.Stopwatch;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The peer executing a backlog. Its start and its stop are not counted. */
final class DrainSide implements Side {

  private static final long GLANCE = Duration.ofMillis(1).toNanos();
  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

  /** Its executions need connections, and so do its polls and its housekeeping. */
  private static final int SPARE_CONNECTIONS = 4;

  private final Stage stage;
  private final Database database;
  private final DrainPeer.Strategy strategy;
  private final int threads;
  private final long backlog;
  private final HikariDataSource pool;
  private final AtomicLong executed = new AtomicLong();
  private final AtomicLong completed = new AtomicLong();

  private long refilled;

  DrainSide(
      Stage stage, Database database, DrainPeer.Strategy strategy, int threads, long backlog) {
    this.stage = stage;
    this.database = database;
    this.strategy = strategy;
    this.threads = threads;
    this.backlog = backlog;
    pool = ScheduledTasks.pool(database, threads + SPARE_CONNECTIONS);
  }

  @Override
  public String name() {
    return strategy.label();
  }

  @Override
  public Slice run(Duration time) throws SQLException, InterruptedException {
    refill();
    Scheduler scheduler = scheduler();
    scheduler.start();
    try {
      awaitFirst(completed.get());
      long before = completed.get();
      Stopwatch stopwatch = Stopwatch.start(database);
      while (stopwatch.elapsed() < time.toNanos()) {
        park(time.toNanos() - stopwatch.elapsed());
      }
      long done = completed.get() - before;
      return stopwatch.stop(done, done);
    } finally {
      scheduler.stop();
    }
  }

  private Scheduler scheduler() {
    SchedulerBuilder builder =
        Scheduler.create(pool, ScheduledTasks.task(executed))
            .threads(threads)
            .alwaysPersistTimestampInUTC()
            .pollingInterval(Duration.ofSeconds(1))
            .schedulerName(new SchedulerName.Fixed("bench"))
            .addSchedulerListener(
                new AbstractSchedulerListener() {
                  @Override
                  public void onExecutionComplete(ExecutionComplete execution) {
                    completed.incrementAndGet();
                  }
                });
    strategy.configure(builder);
    return builder.build();
  }

  private void awaitFirst(long before) throws InterruptedException {
    long begin = System.nanoTime();
    while (completed.get() == before) {
      if (System.nanoTime() - begin > PATIENCE) {
        throw new IllegalStateException(name() + " does nothing");
      }
      park(GLANCE);
    }
  }

  private static void park(long nanoseconds) throws InterruptedException {
    LockSupport.parkNanos(nanoseconds);
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while db-scheduler worked");
    }
  }

  private void refill() throws SQLException {
    long done = completed.get();
    if (done > refilled) {
      ScheduledTasks.fill(database, done - refilled);
      refilled = done;
    }
  }

  @Override
  public void verify() throws SQLException {
    refill();
    database.expect(backlog, ScheduledTasks.countQuery());
    if (executed.get() != completed.get()) {
      throw new IllegalStateException(
          executed + " tasks were executed, but " + completed + " were completed");
    }
  }

  @Override
  public void close() {
    pool.close();
    try {
      stage.drop(database);
    } catch (SQLException e) {
      throw new IllegalStateException("could not close side " + name(), e);
    }
  }
}
