package io.odin.persistence.cli.demo.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.odin.persistence.cli.demo.engine.Commits.Step;
import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderEvent;
import io.odin.persistence.cli.demo.order.OrderInput;
import io.odin.persistence.cli.demo.order.OrderProgress;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskLease;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;

/**
 * Deliveries that are workflows of their own, in another shard than their order. A commit is under
 * the lease of one shard, so it enqueues a message for the other workflow, whose commit completes
 * the message. Messages are delivered at least once, and have their effect once. Thread-safe.
 */
public final class Deliveries {

  private static final int REPEAT_EVERY = 3;

  private final DemoContext context;
  private final OpenRuns runs;
  private final Histories histories;

  /** Delivers messages with the commits of the context. */
  public Deliveries(DemoContext context) {
    this.context = context;
    runs = new OpenRuns(context);
    histories = new Histories(context.persistence().history());
  }

  private enum Message {
    START,
    END
  }

  /**
   * Adds to the step of an order that it starts its delivery. The id of the delivery is derived
   * from the event, so that it is the same each time.
   */
  void start(Order order, RunEdit edit) {
    RunKey parent = edit.run();
    String id = parent.workflowId() + "/" + parent.runId() + "/" + edit.nextEventId();
    Order delivery =
        order.delivery(context.shards().idElsewhere(id, context.shards().shardOf(order.id())));
    long initiatedEventId =
        edit.event(OrderEvent.CHILD_INITIATED, DemoJson.object().put("child", delivery.id()));
    JsonNode data =
        DemoJson.object()
            .put("message", Message.START.name())
            .put("initiatedEventId", initiatedEventId)
            .set("input", OrderInput.first(delivery).toJson());
    send(delivery.id(), context.queues().message(parent, data), edit);
  }

  /** Adds to the last step of a delivery that its order hears of it. */
  void end(ParentLink parent, RunEdit edit) {
    RunKey child = edit.run();
    RunKey receiver = new RunKey(child.namespace(), parent.workflowId(), parent.runId());
    JsonNode data =
        DemoJson.object().put("message", Message.END.name()).put("child", child.workflowId());
    send(child.workflowId(), context.queues().message(receiver, data), edit);
  }

  /** Some messages are sent twice, as happens where a sender has lost the reply. */
  private static void send(String childId, NewTask message, RunEdit edit) {
    int times = Math.floorMod(childId.hashCode(), REPEAT_EVERY) == 0 ? 2 : 1;
    Collections.nCopies(times, message).forEach(edit::enqueue);
  }

  /**
   * Delivers a message, in the commit that completes its task.
   *
   * @throws io.odin.persistence.error.LeaseLostException if the lease of the task is lost
   */
  public void deliver(LeasedTask task) {
    JsonNode data = DemoJson.read(task.task().data());
    boolean hadEffect =
        switch (Message.valueOf(data.required("message").asText())) {
          case START -> deliverStart(task, data);
          case END -> deliverEnd(task, data.required("child").asText());
        };
    if (!hadEffect) {
      context.persistence().taskQueues().complete(task.lease());
      context.counters().add(Count.MESSAGES_REPEATED);
    }
  }

  private boolean deliverStart(LeasedTask task, JsonNode data) {
    RunKey parent = task.task().run();
    OrderInput input = OrderInput.of(data.required("input"));
    long initiatedEventId = data.required("initiatedEventId").asLong();
    RunDefinition definition =
        NewRuns.definition(input.order(), Instant.now())
            .parent(new ParentLink(parent.workflowId(), parent.runId(), initiatedEventId))
            .startRequestId(parent.runId() + "/" + initiatedEventId)
            .build();
    CreateRun child =
        NewRuns.open(
                RunKey.create(parent.namespace(), input.order().id()),
                CreateMode.byPolicy(IdReusePolicy.REJECT_DUPLICATE, OpenRunPolicy.fail()),
                definition,
                input)
            .build();
    return context
        .commits()
        .send(input.order().id(), shard -> Optional.of(started(create(child, task.lease(), shard))))
        .filter(CommitResult::isApplied)
        .isPresent();
  }

  private WorkflowTransaction create(CreateRun child, TaskLease message, ShardLease shard) {
    return WorkflowTransaction.builder(shard)
        .change(child)
        .enqueue(context.queues().workflowTask(child.key()))
        .completes(message)
        .build();
  }

  private Step started(WorkflowTransaction transaction) {
    return new Step(transaction, () -> context.counters().add(Count.DELIVERIES_STARTED));
  }

  private boolean deliverEnd(LeasedTask task, String childId) {
    RunKey parent = task.task().run();
    return context
        .commits()
        .send(
            parent.workflowId(),
            shard ->
                runs.find(parent)
                    .filter(snapshot -> !hasHeardOf(childId, parent))
                    .map(snapshot -> hear(snapshot, childId, task.lease(), shard)))
        .isPresent();
  }

  private boolean hasHeardOf(String childId, RunKey parent) {
    return OrderProgress.of(histories.read(parent)).childrenEnded().containsKey(childId);
  }

  private Step hear(RunSnapshot snapshot, String childId, TaskLease message, ShardLease shard) {
    RunEdit edit = runs.edit(snapshot);
    edit.event(OrderEvent.CHILD_COMPLETED, DemoJson.object().put("child", childId));
    edit.wakeWorkflow();
    return Step.of(edit.transaction(shard).completes(message).build());
  }
}
