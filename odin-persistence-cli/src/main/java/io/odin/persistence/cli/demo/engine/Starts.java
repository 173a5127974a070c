package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Commits.Step;
import io.odin.persistence.cli.demo.engine.Tally.Count;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderInput;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.shard.ShardLease;
import java.time.Instant;
import java.util.Optional;

/**
 * Starts orders, each in one commit: run, two events, a workflow task, and what people find it by.
 * Started again, an order is found to be there. Thread-safe.
 */
public final class Starts {

  private final Floor floor;

  public Starts(Floor floor) {
    this.floor = floor;
  }

  /** Starts an order that a customer has placed. */
  public void start(Order order) {
    Optional<CommitResult> result =
        floor
            .commits()
            .send(
                order.id(),
                shard -> Optional.of(started(transaction(order, shard), Count.ORDERS_STARTED)));
    if (result.isPresent() && !result.get().isApplied()) {
      floor.tally().add(Count.STARTS_REPEATED);
    }
  }

  /**
   * Starts the order that a schedule is due for, and moves the schedule on, in the same commit.
   *
   * @throws io.odin.persistence.error.LeaseLostException if another has claimed the due time since
   */
  public void start(Order order, ScheduleLease due) {
    floor
        .commits()
        .send(
            order.id(),
            shard ->
                Optional.of(
                    started(transaction(order, shard).advances(due), Count.ORDERS_SCHEDULED)));
  }

  private WorkflowTransaction.Builder transaction(Order order, ShardLease shard) {
    RunKey run = RunKey.create(floor.namespace(), order.id());
    CreateRun create =
        NewRuns.open(
            run,
            CreateMode.byPolicy(IdReusePolicy.REJECT_DUPLICATE, OpenRunPolicy.fail()),
            OrderInput.first(order),
            Optional.of("request-of-" + order.id()),
            Instant.now());
    return WorkflowTransaction.builder(shard)
        .change(create)
        .enqueue(floor.queues().workflowTask(run));
  }

  private Step started(WorkflowTransaction.Builder transaction, Count how) {
    return new Step(
        transaction.build(),
        () -> {
          floor.tally().add(how);
          floor.workflowBell().ring();
        });
  }
}
