package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.engine.DemoContext.TimerCheck;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Fires timers. The owner of a shard sets all timers in it, so it reads the database only when one
 * should be due. Whether it is due is decided by the database's clock.
 */
public final class TimerService {

  /** Later timers are not checked by this process. */
  static final Duration HORIZON = Duration.ofMinutes(10);

  private static final Duration CLOCKS_APART = Duration.ofMillis(50);

  private final DemoContext context;
  private final Persistence persistence;
  private final OrderEngine engine;

  /** A service that fires timers with the engine. */
  public TimerService(DemoContext context, OrderEngine engine) {
    this.context = context;
    persistence = context.persistence();
    this.engine = engine;
  }

  /** One iteration: waits for a check, and fires the timers that are due in its shard. */
  public void work() {
    context.timerChecks().processNext(this::fireDue);
  }

  /** Schedules checks for the timers of shards that this process has just acquired. */
  public void load(List<ShardLease> shards) {
    Instant now = Instant.now();
    for (WorkflowTimer timer : timersUntil(shards, now.plus(HORIZON))) {
      context
          .timerChecks()
          .add(
              new TimerCheck(timer.run(), timer.timerId(), timer.fireAt()),
              Duration.between(now, timer.fireAt()));
    }
  }

  private void fireDue(TimerCheck check) {
    ShardLease shard = context.shards().lease(context.shards().shardOf(check.run().workflowId()));
    boolean found = false;
    for (WorkflowTimer timer :
        ofNamespace(page -> persistence.timers().dueOfAll(List.of(shard), page))) {
      engine.fireTimer(timer);
      found |= timer.run().equals(check.run()) && timer.timerId().equals(check.timerId());
    }
    if (!found && isSet(check)) {
      context.timerChecks().add(check, CLOCKS_APART);
    }
  }

  private boolean isSet(TimerCheck check) {
    return persistence.executions().find(check.run()).stream()
        .flatMap(snapshot -> snapshot.timers().stream())
        .anyMatch(timer -> timer.timerId().equals(check.timerId()));
  }

  /** The demo's timers in some shards that are due until an instant. */
  public List<WorkflowTimer> timersUntil(List<ShardLease> shards, Instant until) {
    return ofNamespace(page -> persistence.timers().dueOfAll(shards, until, page));
  }

  private List<WorkflowTimer> ofNamespace(Function<PageRequest, Page<WorkflowTimer>> listing) {
    return Pages.all(listing).stream()
        .filter(timer -> timer.run().namespace().equals(context.namespace()))
        .toList();
  }
}
