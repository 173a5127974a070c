package io.odin.persistence.benchmarks.rows.data;

import io.odin.persistence.benchmarks.harness.Latencies;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueueStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Workers that poll tasks in tens, complete them and add as many, so that the queue stays as long
 * as it is.
 */
public final class Pollers implements AutoCloseable {

  private static final int BATCH = 10;
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final TaskQueueStore queues;
  private final int count;
  private final ExecutorService threads;
  private volatile boolean ended;

  public Pollers(TaskQueueStore queues, int count) {
    this.queues = queues;
    this.count = count;
    threads = Executors.newFixedThreadPool(count);
  }

  /** How long the polls take. */
  public Latencies pollWhile(BooleanSupplier goesOn) throws InterruptedException {
    List<CompletableFuture<List<Long>>> polling = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PollRequest request = PollRequest.of(Sample.ACTIVITIES, "worker-" + i, LEASE, BATCH);
      polling.add(CompletableFuture.supplyAsync(() -> poll(request, goesOn), threads));
    }
    List<Long> nanoseconds = new ArrayList<>();
    try {
      for (CompletableFuture<List<Long>> polls : polling) {
        nanoseconds.addAll(polls.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a poller failed", e.getCause());
    } catch (InterruptedException e) {
      ended = true;
      throw e;
    }
    return Latencies.of(nanoseconds);
  }

  private List<Long> poll(PollRequest request, BooleanSupplier goesOn) {
    List<Long> nanoseconds = new ArrayList<>();
    do {
      long begin = System.nanoTime();
      List<LeasedTask> tasks = queues.poll(request);
      nanoseconds.add(System.nanoTime() - begin);
      queues.completeAll(tasks.stream().map(LeasedTask::lease).toList());
      List<NewTask> more = new ArrayList<>();
      tasks.forEach(task -> more.add(Queue.newTask(task.lease().task().taskId())));
      queues.enqueueAll(more);
    } while (!ended && goesOn.getAsBoolean());
    return nanoseconds;
  }

  @Override
  public void close() {
    threads.close();
  }
}
