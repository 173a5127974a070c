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
import java.time.Instant;
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
    Optional<CommitResult> result =
        context
            .commits()
            .send(
                order.id(),
                shard -> Optional.of(started(transaction(order, shard), Count.ORDERS_STARTED)));
    if (result.isPresent() && !result.get().isApplied()) {
      context.counters().add(Count.STARTS_REPEATED);
    }
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
                    started(transaction(order, shard).advances(due), Count.ORDERS_SCHEDULED)));
  }

  private WorkflowTransaction.Builder transaction(Order order, ShardLease shard) {
    RunKey run = RunKey.create(context.namespace(), order.id());
    CreateRun create =
        NewRuns.open(
            run,
            CreateMode.byPolicy(IdReusePolicy.REJECT_DUPLICATE, OpenRunPolicy.fail()),
            OrderInput.first(order),
            Optional.of("request-of-" + order.id()),
            Instant.now());
    return WorkflowTransaction.builder(shard)
        .change(create)
        .enqueue(context.queues().workflowTask(run));
  }

  private Step started(WorkflowTransaction.Builder transaction, Count how) {
    return new Step(
        transaction.build(),
        () -> {
          context.counters().add(how);
          context.workflowTasks().wakeOne();
        });
  }
}
