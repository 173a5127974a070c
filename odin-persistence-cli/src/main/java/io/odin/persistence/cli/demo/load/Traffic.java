package io.odin.persistence.cli.demo.load;

import io.odin.persistence.PageRequest;
import io.odin.persistence.cli.demo.audit.Findings;
import io.odin.persistence.cli.demo.audit.Findings.Kind;
import io.odin.persistence.cli.demo.concurrent.Crew;
import io.odin.persistence.cli.demo.engine.ActivityWorker;
import io.odin.persistence.cli.demo.engine.DeadLetterDesk;
import io.odin.persistence.cli.demo.engine.Engine;
import io.odin.persistence.cli.demo.engine.Floor;
import io.odin.persistence.cli.demo.engine.OrderSchedule;
import io.odin.persistence.cli.demo.engine.Scheduler;
import io.odin.persistence.cli.demo.engine.ShardDirectory;
import io.odin.persistence.cli.demo.engine.TimerService;
import io.odin.persistence.cli.demo.engine.WorkflowWorker;
import io.odin.persistence.cli.demo.order.Order;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Orders being processed: by a crew of workers, until all have ended. */
public final class Traffic implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration STALLED_AFTER = Duration.ofSeconds(60);

  private final Floor floor;
  private final OrderSchedule schedule;
  private final Findings findings;
  private final Engine engine;
  private final TimerService timers;
  private final Crew crew = new Crew();

  public Traffic(Floor floor, OrderSchedule schedule, Findings findings) {
    this.floor = floor;
    this.schedule = schedule;
    this.findings = findings;
    engine = new Engine(floor);
    timers = new TimerService(floor, engine);
  }

  public TimerService timers() {
    return timers;
  }

  /** Hires everyone who works on the orders. */
  public void begin(List<Order> orders, int workers, List<String> hosts) {
    timers.load(floor.shards().all());
    Shop shop = new Shop(floor.tally());
    for (int i = 1; i <= workers; i++) {
      crew.hire(new WorkflowWorker(floor, engine, "workflow-worker-" + i)::work);
      crew.hire(new ActivityWorker(floor, engine, shop, "activity-worker-" + i)::work);
    }
    for (String host : hosts) {
      crew.hire(new Scheduler(floor, crew, schedule, host)::work);
    }
    crew.hire(timers::work);
    crew.hire(new DeadLetterDesk(floor, engine, shop)::work);
    crew.hire(() -> floor.errands().next(Runnable::run));
    crew.hire(new Customers(floor, engine, crew, orders)::work);
    crew.hire(
        () -> {
          crew.await(ShardDirectory.renewalInterval());
          if (crew.isWorking()) {
            floor.shards().renewAll();
          }
        });
  }

  /** Another host joins: it takes over shards while commits go on in them, and their timers. */
  public void scaleOut(String newHost, int shards) {
    timers.load(floor.shards().handOver(newHost, Math.min(shards, floor.shards().size())));
  }

  public void awaitHalfWay() throws InterruptedException {
    await(floor.ends()::isHalfWay);
  }

  public void awaitEnd() throws InterruptedException {
    await(floor.ends()::isComplete);
  }

  /** Waits for those who are late: workers that hang, signals to orders that have ended. */
  public void awaitQuiet() throws InterruptedException {
    await(this::isQuiet);
  }

  private boolean isQuiet() {
    return floor.alarms().pending() == 0
        && floor.errands().pending() == 0
        && floor.queues().tasks(floor.persistence().taskQueues()) == 0
        && floor
            .persistence()
            .schedules()
            .pending(schedule.key().namespace(), PageRequest.first(1))
            .items()
            .isEmpty();
  }

  /** Waits; but not for ever, so that there is always an audit. */
  private void await(BooleanSupplier condition) throws InterruptedException {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      crew.await(LOOK);
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while orders were processed");
      }
      crew.check();
      Duration waited = Duration.ofNanos(System.nanoTime() - begin);
      if (waited.compareTo(STALLED_AFTER) > 0
          && floor.ends().sinceLatest().compareTo(STALLED_AFTER) > 0) {
        findings.add(
            Kind.FAULT,
            "nothing moved any more when %d orders had ended and the queues held %d tasks"
                .formatted(
                    floor.ends().count(), floor.queues().tasks(floor.persistence().taskQueues())));
        return;
      }
    }
  }

  /** Sends the crew home. */
  @Override
  public void close() {
    crew.close();
  }
}
