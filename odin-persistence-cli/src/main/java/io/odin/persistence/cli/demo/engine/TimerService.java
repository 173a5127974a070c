package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.engine.DemoContext.TimerCheck;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    for (ShardLease shard : shards) {
      for (WorkflowTimer timer : timers(shard, Optional.of(now.plus(HORIZON)))) {
        context
            .timerChecks()
            .add(
                new TimerCheck(timer.run(), timer.timerId(), timer.fireAt()),
                Duration.between(now, timer.fireAt()));
      }
    }
  }

  private void fireDue(TimerCheck check) {
    ShardLease shard = context.shards().lease(context.shards().shardOf(check.run().workflowId()));
    boolean found = false;
    for (WorkflowTimer timer : timers(shard, Optional.empty())) {
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

  /** The demo's timers in a shard that are due now, or until an instant. */
  public List<WorkflowTimer> timers(ShardLease shard, Optional<Instant> until) {
    List<WorkflowTimer> timers = new ArrayList<>();
    Optional<PageToken> from = Optional.empty();
    do {
      PageRequest request = new PageRequest(PageRequest.MAXIMUM_LIMIT, from);
      Page<WorkflowTimer> page =
          until.isPresent()
              ? persistence.timers().due(shard, until.get(), request)
              : persistence.timers().due(shard, request);
      page.items().stream()
          .filter(timer -> timer.run().namespace().equals(context.namespace()))
          .forEach(timers::add);
      from = page.next();
    } while (from.isPresent());
    return timers;
  }
}
