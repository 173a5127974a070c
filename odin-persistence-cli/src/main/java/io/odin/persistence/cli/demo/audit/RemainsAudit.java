package io.odin.persistence.cli.demo.audit;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.audit.Findings.Checked;
import io.odin.persistence.cli.demo.audit.Findings.Kind;
import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.cli.demo.engine.DemoContext;
import io.odin.persistence.cli.demo.engine.Pages;
import io.odin.persistence.cli.demo.engine.TimerService;
import io.odin.persistence.execution.RunFilter;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.TaskQueue;
import java.time.Duration;
import java.time.Instant;

/** Checks that nothing is left when all orders have ended: no tasks, open runs or timers. */
final class RemainsAudit {

  private static final Duration FAR_AHEAD = Duration.ofDays(365);

  private final DemoContext context;
  private final Persistence persistence;
  private final Findings findings;

  RemainsAudit(DemoContext context, Findings findings) {
    this.context = context;
    persistence = context.persistence();
    this.findings = findings;
  }

  /** Checks queues, open runs, timers, and that acknowledged effects are stored. */
  void check(TimerService timers) {
    long tasks = context.queues().tasks(persistence.taskQueues());
    if (tasks > 0) {
      findings.add(Kind.LOST, "the queues still hold " + tasks + " tasks");
    }
    for (TaskQueue queue :
        Pages.all(page -> persistence.taskQueues().listQueues(context.namespace(), page))) {
      findings.add(Kind.FAULT, queue + " is still listed");
    }
    for (ShardLease shard : context.shards().all()) {
      for (RunSummary run :
          Pages.all(
              page ->
                  persistence.executions().listByShard(shard.shardId(), RunFilter.OPEN, page))) {
        if (isInNamespace(run.key())) {
          findings.add(Kind.FAULT, run.key() + " is listed as open in shard " + shard.shardId());
        }
      }
    }
    timers
        .timersUntil(context.shards().all(), Instant.now().plus(FAR_AHEAD))
        .forEach(
            timer ->
                findings.add(Kind.FAULT, timer.run() + " has left its timer " + timer.timerId()));
    acknowledged(Count.ACTIVITIES_RECORDED, Checked.EFFECTS);
    acknowledged(Count.SIGNALS_RECEIVED, Checked.SIGNALS);
    acknowledged(Count.DELIVERIES_COMPLETED, Checked.CHILDREN);
    acknowledged(Count.ORDERS_RESET, Checked.RESETS);
  }

  /** What the database has acknowledged must be stored. */
  private void acknowledged(Count acknowledged, Checked what) {
    if (findings.checked(what) < context.counters().of(acknowledged)) {
      findings.add(
          Kind.LOST,
          "%d %s were acknowledged, the histories hold %d"
              .formatted(context.counters().of(acknowledged), what, findings.checked(what)));
    }
  }

  private boolean isInNamespace(RunKey run) {
    return run.namespace().equals(context.namespace());
  }
}
