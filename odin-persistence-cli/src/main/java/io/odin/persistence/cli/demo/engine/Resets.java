package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Commits.Step;
import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.cli.demo.order.OrderProgress;
import io.odin.persistence.cli.demo.order.ResetPoint;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import java.util.List;

/**
 * Resets orders: one commit closes the run, and starts another one that has its history up to an
 * event. The new run gets the pending signals of the base, and those that the base has consumed
 * after that event. Thread-safe.
 */
public final class Resets {

  private final DemoContext context;
  private final OpenRuns runs;
  private final Histories histories;

  /** Resets orders with the commits of the context. */
  public Resets(DemoContext context) {
    this.context = context;
    runs = new OpenRuns(context);
    histories = new Histories(context.persistence().history());
  }

  /**
   * Resets a run to the event before an activity was scheduled, which must not have had its effect.
   * Nothing else that the run had begun before that event may be pending: the new run gets no task
   * for it. Does nothing if the run is closed, so that it can be called again.
   */
  void resetBefore(String activity, RunKey base) {
    context
        .commits()
        .send(
            base.workflowId(),
            shard -> runs.find(base).map(snapshot -> reset(snapshot, activity, shard)));
  }

  private Step reset(RunSnapshot snapshot, String activity, ShardLease shard) {
    RunEdit edit = runs.lastEdit(snapshot);
    List<HistoryEvent> history = histories.read(edit.run());
    RunKey next = RunKey.create(edit.run().namespace(), edit.run().workflowId());
    edit.resetTo(next);
    ResetPoint point = ResetPoint.before(activity, edit.run().runId(), history);
    OrderProgress then =
        OrderProgress.of(history.subList(0, Math.toIntExact(point.base().lastEventId())));
    CreateRun create = NewRuns.reset(next, point, then, edit.now());
    return new Step(
        edit.transaction(shard).change(create).enqueue(context.queues().workflowTask(next)).build(),
        () -> context.counters().add(Count.ORDERS_RESET));
  }
}
