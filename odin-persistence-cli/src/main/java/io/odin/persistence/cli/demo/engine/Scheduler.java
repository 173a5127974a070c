package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.concurrent.WorkerPool;
import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.schedule.ScheduleStore;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;

/**
 * Claims due times, starts an order for each, and records the results of those orders. Each host
 * has one; each due time starts one order.
 */
public final class Scheduler {

  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final int BATCH = 100;

  private final DemoContext context;
  private final WorkerPool pool;
  private final OrderSchedule schedule;
  private final String host;
  private final Starts starts;
  private final ScheduleStore store;

  /** A scheduler of a host. */
  public Scheduler(DemoContext context, WorkerPool pool, OrderSchedule schedule, String host) {
    this.context = context;
    this.pool = pool;
    this.schedule = schedule;
    this.host = host;
    starts = new Starts(context);
    store = context.persistence().schedules();
  }

  /** One iteration: starts what is due, and records what has ended. */
  public void work() {
    store.claimDue(host, LEASE, BATCH).stream()
        // A claim returns the schedules of all namespaces.
        .filter(due -> due.schedule().key().equals(schedule.key()))
        .forEach(this::start);
    store
        .pending(schedule.key().namespace(), PageRequest.first(BATCH))
        .items()
        .forEach(this::settle);
    pool.await(IDLE);
  }

  private void start(DueSchedule due) {
    try {
      starts.start(schedule.orderOf(due.lease().dueAt(), context.shards()), due.lease());
    } catch (LeaseLostException e) {
      // Too slow: the other host has claimed the due time.
      context.counters().add(Count.LATE_WORKERS_REFUSED);
    }
  }

  private void settle(ScheduleRun pending) {
    RunKey run = pending.run().orElseThrow();
    context
        .persistence()
        .executions()
        .find(run)
        .map(snapshot -> snapshot.execution().state().state())
        .filter(WorkflowState::isClosed)
        .ifPresent(state -> store.recordResult(run, ScheduleResult.of(state.value()), ""));
  }
}
