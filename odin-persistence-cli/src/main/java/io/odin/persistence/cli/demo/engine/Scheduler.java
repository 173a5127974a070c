package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.PageRequest;
import io.odin.persistence.cli.demo.concurrent.Crew;
import io.odin.persistence.cli.demo.engine.Tally.Count;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.WorkflowState;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.schedule.ScheduleStore;
import java.time.Duration;

/**
 * Claims due times and starts an order for each, and notes how those orders have ended. Each host
 * has one; together they start no order twice.
 */
public final class Scheduler {

  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final int BATCH = 100;

  private final Floor floor;
  private final Crew crew;
  private final OrderSchedule schedule;
  private final String host;
  private final Starts starts;
  private final ScheduleStore store;

  public Scheduler(Floor floor, Crew crew, OrderSchedule schedule, String host) {
    this.floor = floor;
    this.crew = crew;
    this.schedule = schedule;
    this.host = host;
    starts = new Starts(floor);
    store = floor.persistence().schedules();
  }

  /** One shift: deals with what is due, and with what has ended. */
  public void work() {
    store.claimDue(host, LEASE, BATCH).stream()
        // Others' schedules are claimed as well; without an engine there is nobody to miss them.
        .filter(due -> due.schedule().key().equals(schedule.key()))
        .forEach(this::start);
    store
        .pending(schedule.key().namespace(), PageRequest.first(BATCH))
        .items()
        .forEach(this::settle);
    crew.await(IDLE);
  }

  private void start(DueSchedule due) {
    try {
      starts.start(schedule.orderOf(due.lease().dueAt(), floor.shards()), due.lease());
    } catch (LeaseLostException e) {
      // Too slow: the other host has claimed it by now.
      floor.tally().add(Count.LATE_WORKERS_REFUSED);
    }
  }

  private void settle(ScheduleRun pending) {
    RunKey run = pending.run().orElseThrow();
    floor
        .persistence()
        .executions()
        .find(run)
        .map(snapshot -> snapshot.execution().state().state())
        .filter(WorkflowState::isClosed)
        .ifPresent(state -> store.recordResult(run, ScheduleResult.of(state.value()), ""));
  }
}
