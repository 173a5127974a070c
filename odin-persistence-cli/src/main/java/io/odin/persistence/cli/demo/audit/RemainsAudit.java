package io.odin.persistence.cli.demo.audit;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.audit.Findings.Kind;
import io.odin.persistence.cli.demo.audit.Findings.Seen;
import io.odin.persistence.cli.demo.engine.Floor;
import io.odin.persistence.cli.demo.engine.Pages;
import io.odin.persistence.cli.demo.engine.Tally.Count;
import io.odin.persistence.cli.demo.engine.TimerService;
import io.odin.persistence.execution.RunFilter;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.RunSummary;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.TaskQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks for what is left when all orders have ended, and should not be. */
final class RemainsAudit {

  private static final Duration FAR_AHEAD = Duration.ofDays(365);

  private final Floor floor;
  private final Persistence persistence;
  private final Findings findings;

  RemainsAudit(Floor floor, Findings findings) {
    this.floor = floor;
    persistence = floor.persistence();
    this.findings = findings;
  }

  /** Checks what no order accounts for: queues, open runs, timers, acknowledged effects. */
  void check(TimerService timers) {
    long tasks = floor.queues().tasks(persistence.taskQueues());
    if (tasks > 0) {
      findings.add(Kind.LOST, "the queues still hold " + tasks + " tasks");
    }
    for (TaskQueue queue :
        Pages.all(page -> persistence.taskQueues().listQueues(floor.namespace(), page))) {
      findings.add(Kind.FAULT, queue + " is still listed");
    }
    for (ShardLease shard : floor.shards().all()) {
      for (RunSummary run :
          Pages.all(
              page ->
                  persistence.executions().listByShard(shard.shardId(), RunFilter.OPEN, page))) {
        if (isOurs(run.key())) {
          findings.add(Kind.FAULT, run.key() + " is listed as open in shard " + shard.shardId());
        }
      }
      timers
          .timers(shard, Optional.of(Instant.now().plus(FAR_AHEAD)))
          .forEach(
              timer ->
                  findings.add(Kind.FAULT, timer.run() + " has left its timer " + timer.timerId()));
    }
    acknowledged(Count.ACTIVITIES_RECORDED, Seen.EFFECTS);
    acknowledged(Count.SIGNALS_RECEIVED, Seen.SIGNALS);
  }

  /** The one thing for which the memory of this process counts: what it was told is stored. */
  private void acknowledged(Count told, Seen what) {
    if (findings.seen(what) < floor.tally().of(told)) {
      findings.add(
          Kind.LOST,
          "%d %s were acknowledged, the histories hold %d"
              .formatted(floor.tally().of(told), what, findings.seen(what)));
    }
  }

  private boolean isOurs(RunKey run) {
    return run.namespace().equals(floor.namespace());
  }
}
