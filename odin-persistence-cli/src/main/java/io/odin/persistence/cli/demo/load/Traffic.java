package io.odin.persistence.cli.demo.load;

import io.odin.persistence.cli.demo.concurrent.WorkerPool;
import io.odin.persistence.cli.demo.engine.ActivityWorker;
import io.odin.persistence.cli.demo.engine.DeadLetterHandler;
import io.odin.persistence.cli.demo.engine.Deliveries;
import io.odin.persistence.cli.demo.engine.DemoContext;
import io.odin.persistence.cli.demo.engine.OrderEngine;
import io.odin.persistence.cli.demo.engine.OrderSchedule;
import io.odin.persistence.cli.demo.engine.Scheduler;
import io.odin.persistence.cli.demo.engine.ShardDirectory;
import io.odin.persistence.cli.demo.engine.TaskWorker;
import io.odin.persistence.cli.demo.engine.TimerService;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Processes orders with a pool of workers until all have ended. */
public final class Traffic implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration STALLED_AFTER = Duration.ofSeconds(60);

  private final DemoContext context;
  private final OrderSchedule schedule;
  private final List<String> stalls = new ArrayList<>();
  private final OrderEngine engine;
  private final TimerService timers;
  private final WorkerPool pool = new WorkerPool();

  /** Traffic that has not begun. */
  public Traffic(DemoContext context, OrderSchedule schedule) {
    this.context = context;
    this.schedule = schedule;
    engine = new OrderEngine(context);
    timers = new TimerService(context, engine);
  }

  /** The timers of the orders. */
  public TimerService timers() {
    return timers;
  }

  /** Starts all workers. */
  public void begin(List<Order> orders, int workers, List<String> hosts) {
    timers.load(context.shards().all());
    Shop shop = new Shop(context.counters());
    for (int i = 1; i <= workers; i++) {
      pool.start(TaskWorker.ofWorkflows(context, engine, "workflow-worker-" + i)::work);
      pool.start(new ActivityWorker(context, engine, shop, "activity-worker-" + i)::work);
    }
    Deliveries deliveries = new Deliveries(context);
    for (String host : hosts) {
      pool.start(TaskWorker.ofMessages(context, deliveries, "messenger-of-" + host)::work);
      pool.start(new Scheduler(context, pool, schedule, host)::work);
    }
    pool.start(timers::work);
    pool.start(new DeadLetterHandler(context, engine, shop)::work);
    pool.start(() -> context.delayedActions().processNext(Runnable::run));
    pool.start(new Customers(context, engine, pool, orders)::work);
    pool.start(
        () -> {
          pool.await(ShardDirectory.renewalInterval());
          if (pool.isRunning()) {
            context.shards().renewAll();
          }
        });
  }

  /** Hands shards over to another host while commits go on in them; it loads their timers. */
  public void scaleOut(String newHost, int shards) {
    timers.load(context.shards().handOver(newHost, Math.min(shards, context.shards().size())));
  }

  /** Waits until half of the orders have ended. */
  public void awaitHalfWay() throws InterruptedException {
    await(context.completions()::isHalfWay);
  }

  /** Waits until all orders have ended. */
  public void awaitEnd() throws InterruptedException {
    await(context.completions()::isComplete);
  }

  /** Waits for late work: of workers that hang, and signals to orders that have ended. */
  public void awaitQuiet() throws InterruptedException {
    await(this::isQuiet);
  }

  private boolean isQuiet() {
    return context.timerChecks().pending() == 0
        && context.delayedActions().pending() == 0
        && context.queues().tasks(context.persistence().taskQueues()) == 0
        && context
            .persistence()
            .schedules()
            .pending(schedule.key().namespace(), PageRequest.first(1))
            .items()
            .isEmpty();
  }

  /** Waits for a condition, or until nothing has moved for a minute: there is always an audit. */
  private void await(BooleanSupplier condition) throws InterruptedException {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      pool.await(POLL);
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while orders were processed");
      }
      pool.check();
      Duration waited = Duration.ofNanos(System.nanoTime() - begin);
      if (waited.compareTo(STALLED_AFTER) > 0
          && context.completions().sinceLatest().compareTo(STALLED_AFTER) > 0) {
        stalls.add(
            "no order ended for a minute, when %d had ended and the queues held %d tasks"
                .formatted(
                    context.completions().count(),
                    context.queues().tasks(context.persistence().taskQueues())));
        return;
      }
    }
  }

  /** What was waited for in vain, in words; empty if everything went on. */
  public List<String> stalls() {
    return stalls;
  }

  /** Stops the workers. */
  @Override
  public void close() {
    pool.close();
  }
}
