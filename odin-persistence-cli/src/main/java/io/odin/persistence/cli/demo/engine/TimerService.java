package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.PageToken;
import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.engine.Floor.Alarm;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.timer.WorkflowTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fires timers. Whoever owns a shard knows of every timer that is set in it, and so asks the
 * database only when one should be due; the database's clock has the last word.
 */
public final class TimerService {

  /** Timers later than that are left for the next look ahead. */
  static final Duration HORIZON = Duration.ofMinutes(10);

  private static final Duration CLOCKS_APART = Duration.ofMillis(50);

  private final Floor floor;
  private final Persistence persistence;
  private final Engine engine;

  public TimerService(Floor floor, Engine engine) {
    this.floor = floor;
    persistence = floor.persistence();
    this.engine = engine;
  }

  /** One shift: waits for an alarm, and fires the timers that are due in its shard. */
  public void work() {
    floor.alarms().next(this::ring);
  }

  /** What a new owner of shards does first: it loads their timers. */
  public void load(List<ShardLease> shards) {
    Instant now = Instant.now();
    for (ShardLease shard : shards) {
      for (WorkflowTimer timer : timers(shard, Optional.of(now.plus(HORIZON)))) {
        floor
            .alarms()
            .after(
                Duration.between(now, timer.fireAt()),
                new Alarm(timer.run(), timer.timerId(), timer.fireAt()));
      }
    }
  }

  private void ring(Alarm alarm) {
    ShardLease shard = floor.shards().lease(floor.shards().shardOf(alarm.run().workflowId()));
    boolean found = false;
    for (WorkflowTimer timer : timers(shard, Optional.empty())) {
      engine.fireTimer(timer);
      found |= timer.run().equals(alarm.run()) && timer.timerId().equals(alarm.timerId());
    }
    if (!found && isSet(alarm)) {
      floor.alarms().after(CLOCKS_APART, alarm);
    }
  }

  private boolean isSet(Alarm alarm) {
    return persistence.executions().find(alarm.run()).stream()
        .flatMap(snapshot -> snapshot.timers().stream())
        .anyMatch(timer -> timer.timerId().equals(alarm.timerId()));
  }

  /** The demo's own timers in a shard: those due now, or those due until then. */
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
          .filter(timer -> timer.run().namespace().equals(floor.namespace()))
          .forEach(timers::add);
      from = page.next();
    } while (from.isPresent());
    return timers;
  }
}
