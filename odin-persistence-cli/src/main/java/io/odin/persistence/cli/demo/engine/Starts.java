package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Commits.Step;
import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderInput;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Starts orders, each in one commit: run, two events, a workflow task, visibility record and tags.
 * Idempotent: a repeated start finds the order that exists. Thread-safe.
 */
public final class Starts {

  private final DemoContext context;

  /** Starts orders with the commits of the context. */
  public Starts(DemoContext context) {
    this.context = context;
  }

  /** Starts an order of a customer. */
  public void start(Order order) {
    startOnce(order, List.of());
  }

  /** Starts an order of a customer with a signal; false if the order exists. */
  boolean startWith(NewSignal signal, Order order) {
    return startOnce(order, List.of(signal));
  }

  private boolean startOnce(Order order, List<NewSignal> signals) {
    boolean started =
        context
            .commits()
            .send(
                order.id(),
                shard ->
                    Optional.of(started(transaction(order, signals, shard), Count.ORDERS_STARTED)))
            .filter(CommitResult::isApplied)
            .isPresent();
    if (!started) {
      context.counters().add(Count.STARTS_REPEATED);
    }
    return started;
  }

  /**
   * Starts the order of a due time, and advances the schedule in the same commit.
   *
   * @throws io.odin.persistence.error.LeaseLostException if another host has claimed the due time
   *     since
   */
  public void start(Order order, ScheduleLease due) {
    context
        .commits()
        .send(
            order.id(),
            shard ->
                Optional.of(
                    started(
                        transaction(order, List.of(), shard).advances(due),
                        Count.ORDERS_SCHEDULED)));
  }

  private WorkflowTransaction.Builder transaction(
      Order order, List<NewSignal> signals, ShardLease shard) {
    RunKey run = RunKey.create(context.namespace(), order.id());
    CreateRun.Builder create =
        NewRuns.open(
            run,
            CreateMode.byPolicy(IdReusePolicy.REJECT_DUPLICATE, OpenRunPolicy.fail()),
            NewRuns.definition(order, Instant.now())
                .startRequestId("request-of-" + order.id())
                .build(),
            OrderInput.first(order));
    signals.forEach(create::signal);
    return WorkflowTransaction.builder(shard)
        .change(create.build())
        .enqueue(context.queues().workflowTask(run));
  }

  private Step started(WorkflowTransaction.Builder transaction, Count how) {
    return new Step(transaction.build(), () -> context.counters().add(how));
  }
}
