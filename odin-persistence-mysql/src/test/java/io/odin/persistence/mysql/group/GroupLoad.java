package io.odin.persistence.mysql.group;

import io.odin.persistence.Persistence;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Threads that work through the API, until they are stopped. Not thread-safe. */
final class GroupLoad {

  private static final int WRITERS = 3;
  private static final int TASK_WORKERS = 2;

  /** So that a member that has been away catches up in time. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Longer than any call may take. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private final Reported reported = new Reported();
  private final List<RunWriter> writers;
  private final TaskWorkers tasks;
  private final List<Future<?>> work = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean running = true;

  /**
   * Begins to work.
   *
   * @param persistence writes, and reads what it has written
   * @param reader reads what has been written, as another process does
   */
  GroupLoad(Persistence persistence, Persistence reader) {
    NamespaceId namespace = NamespaceId.create();
    persistence.namespaces().create(namespace, "of " + namespace, NamespaceSettings.defaults());
    writers =
        IntStream.range(0, WRITERS)
            .mapToObj(shard -> new RunWriter(persistence, reported, namespace, shard))
            .toList();
    tasks = new TaskWorkers(persistence, reported, namespace);
    writers.forEach(writer -> begin(writer::step));
    for (int i = 0; i < TASK_WORKERS; i++) {
      begin(tasks::step);
    }
    begin(() -> look(reader));
  }

  private void begin(Runnable step) {
    work.add(
        threads.submit(
            () -> {
              while (running) {
                step.run();
                LockSupport.parkNanos(PAUSE.toNanos());
              }
            }));
  }

  /** What was reported so far. */
  Reported reported() {
    return reported;
  }

  /** Checks that a read finds what had been reported as applied when it began. */
  void look(Persistence reader) {
    writers.forEach(writer -> writer.look(reader));
  }

  /** Ends the work and compares what was reported with what is stored. */
  void stopAndAudit() throws InterruptedException, ExecutionException, TimeoutException {
    running = false;
    for (Future<?> one : work) {
      one.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }
    threads.shutdown();
    writers.forEach(RunWriter::audit);
    tasks.audit();
  }

  @Override
  public String toString() {
    return "%d events, %d tasks; calls: %s"
        .formatted(writers.stream().mapToInt(RunWriter::size).sum(), tasks.size(), reported);
  }
}
