package io.odin.persistence.benchmarks.harness;

import io.odin.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A side whose work is done by the harness's threads, each with its own worker. */
public final class WorkerSide implements Side {

  private static final long GLANCE = Duration.ofMillis(20).toNanos();
  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

  private final String name;
  private final Stage stage;
  private final Database database;
  private final Work work;
  private final List<Worker> workers;
  private final List<AutoCloseable> resources;
  private final ExecutorService threads;

  private long done;
  private long doneSinceRefill;
  private @Nullable Footprint before;

  private WorkerSide(
      String name,
      Stage stage,
      Database database,
      Work work,
      List<Worker> workers,
      List<AutoCloseable> resources) {
    this.name = name;
    this.stage = stage;
    this.database = database;
    this.work = work;
    this.workers = workers;
    this.resources = resources;
    threads =
        Executors.newFixedThreadPool(
            workers.size(), Thread.ofPlatform().name(name + "-", 0).factory());
  }

  /** A row's work on plain JDBC: a connection and its prepared statements for each worker. */
  static WorkerSide baseline(Row row, Stage stage, int count) throws SQLException {
    Database database = prepared(row, stage, "baseline", count);
    List<Worker> workers = new ArrayList<>();
    List<AutoCloseable> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Connection connection = database.connectAsLibrary();
      connections.add(connection);
      workers.add(row.baseline(database.engine().baseline(connection), i));
    }
    return new WorkerSide("baseline", stage, database, row, workers, connections);
  }

  /**
   * A row's work through the library: one Persistence with two connections for each worker, since
   * searches may use half of them.
   */
  static WorkerSide library(Row row, Stage stage, int count) throws SQLException {
    Database database = prepared(row, stage, "library", count);
    Persistence persistence =
        Persistence.open(database.config().maximumPoolSize(2 * count).build());
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      workers.add(row.library(persistence, i));
    }
    return new WorkerSide("library", stage, database, row, workers, List.of(persistence));
  }

  /** A peer's work, done by the harness's threads. */
  public static WorkerSide peer(
      String name,
      Stage stage,
      Database database,
      Work work,
      List<Worker> workers,
      List<AutoCloseable> resources) {
    return new WorkerSide(name, stage, database, work, workers, resources);
  }

  private static Database prepared(Row row, Stage stage, String side, int workers)
      throws SQLException {
    Database database = stage.migrated(row.name() + "_" + side);
    row.prepare(database, workers);
    return database;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Slice run(Duration time) throws SQLException, InterruptedException {
    if (before == null) {
      before = Footprint.of(database);
    }
    Slice total = Slice.NOTHING;
    while (total.nanoseconds() < time.toNanos()) {
      long allowance = work.refill(database, doneSinceRefill);
      doneSinceRefill = 0;
      Slice burst = burst(allowance, time.toNanos() - total.nanoseconds());
      if (burst.units() == 0) {
        throw new IllegalStateException(name + " did nothing at all");
      }
      done += burst.units();
      doneSinceRefill = burst.units();
      total = total.plus(burst);
    }
    return total;
  }

  /**
   * Works until the time or the allowance has ended, whichever is first, but does one operation
   * with each worker; ends with the last of them.
   */
  private Slice burst(long allowance, long nanoseconds) throws SQLException, InterruptedException {
    AtomicLong left = new AtomicLong(allowance);
    Stopwatch stopwatch = Stopwatch.start(database);
    List<Callable<Slice>> jobs = new ArrayList<>();
    for (Worker worker : workers) {
      jobs.add(
          () -> {
            long units = 0;
            long operations = 0;
            do {
              long more = worker.work();
              left.addAndGet(-more);
              units += more;
              operations++;
            } while (left.get() > 0 && stopwatch.elapsed() < nanoseconds);
            return Slice.work(units, operations);
          });
    }
    Slice total = Slice.NOTHING;
    for (Future<Slice> job : threads.invokeAll(jobs)) {
      total = total.plus(result(job));
    }
    return stopwatch.stop(total.units(), total.operations());
  }

  private static Slice result(Future<Slice> job) throws SQLException, InterruptedException {
    try {
      return job.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case SQLException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case null, default -> throw new IllegalStateException("a worker failed", e);
      }
    }
  }

  @Override
  public void verify() throws SQLException {
    work.refill(database, doneSinceRefill);
    doneSinceRefill = 0;
    work.verify(database, done);
  }

  /**
   * Disconnects, which makes the server add up what it has counted, and says what was done to the
   * tables.
   */
  Footprint.Span footprint() throws SQLException {
    if (before == null) {
      throw new IllegalStateException(name + " has not run");
    }
    disconnect();
    long begin = System.nanoTime();
    String othersConnected = database.engine().othersConnected();
    while (database.number(othersConnected) > 0 && System.nanoTime() - begin < PATIENCE) {
      LockSupport.parkNanos(GLANCE);
    }
    return new Footprint.Span(before, Footprint.of(database), done);
  }

  private void disconnect() {
    try {
      for (AutoCloseable resource : resources) {
        resource.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("could not disconnect side " + name, e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    disconnect();
    try {
      stage.drop(database);
    } catch (SQLException e) {
      throw new IllegalStateException("could not drop the database of side " + name, e);
    }
  }
}
