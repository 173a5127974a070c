package io.odin.persistence.cli.demo.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.engine.Commits.Step;
import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.cli.demo.engine.DemoContext.TimerCheck;
import io.odin.persistence.cli.demo.engine.OrderQueues.ActivityTask;
import io.odin.persistence.cli.demo.order.Decision;
import io.odin.persistence.cli.demo.order.Decision.Complete;
import io.odin.persistence.cli.demo.order.Decision.ContinueAsNew;
import io.odin.persistence.cli.demo.order.Decision.Fail;
import io.odin.persistence.cli.demo.order.Decision.ScheduleActivity;
import io.odin.persistence.cli.demo.order.Decision.StartDelivery;
import io.odin.persistence.cli.demo.order.Decision.StartTimer;
import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderEvent;
import io.odin.persistence.cli.demo.order.OrderInput;
import io.odin.persistence.cli.demo.order.OrderProgress;
import io.odin.persistence.cli.demo.order.OrderWorkflow;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.DeadLetter;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.Task;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.timer.WorkflowTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns what happens to an open order into commits: each method is one transaction over run,
 * history, tasks, timers, signals and the visibility record. Thread-safe.
 */
public final class OrderEngine {

  private final DemoContext context;
  private final Persistence persistence;
  private final OrderQueues queues;
  private final Counters counters;
  private final Commits commits;
  private final Histories histories;
  private final OpenRuns runs;
  private final Deliveries deliveries;

  /** An engine that writes with the commits of the context. */
  public OrderEngine(DemoContext context) {
    this.context = context;
    persistence = context.persistence();
    queues = context.queues();
    counters = context.counters();
    commits = context.commits();
    histories = new Histories(persistence.history());
    runs = new OpenRuns(context);
    deliveries = new Deliveries(context);
  }

  /**
   * Replays the history of a run, and writes what the workflow decides in the commit that completes
   * the task.
   *
   * @throws io.odin.persistence.error.LeaseLostException if the lease of the task is lost
   */
  void completeWorkflowTask(LeasedTask task) {
    RunKey run = task.task().run();
    Optional<CommitResult> result =
        commits.send(
            run.workflowId(),
            shard -> runs.find(run).map(snapshot -> decide(snapshot, task.lease(), shard)));
    if (result.isEmpty()) {
      drop(task.lease());
    }
  }

  private Step decide(RunSnapshot snapshot, TaskLease lease, ShardLease shard) {
    RunEdit edit = runs.edit(snapshot);
    OrderProgress progress =
        OrderProgress.of(
            Stream.concat(histories.read(edit.run()).stream(), edit.events().stream()).toList());
    edit.workflowTaskCompleted();
    Optional<CreateRun> next = Optional.empty();
    Optional<Count> ending = Optional.empty();
    for (Decision decision : OrderWorkflow.decide(progress)) {
      switch (decision) {
        case ScheduleActivity(String activity) -> {
          edit.event(OrderEvent.ACTIVITY_SCHEDULED, named("activity", activity));
          edit.enqueue(
              queues.activityTask(
                  edit.run(), new ActivityTask(activity, progress.input().order().kind())));
        }
        case StartTimer(String timer, Duration delay) -> {
          edit.event(OrderEvent.TIMER_STARTED, named("timer", timer));
          edit.setTimer(
              new TimerUpsert(timer, edit.now().plus(delay), DemoJson.write(DemoJson.object())));
        }
        case StartDelivery() -> deliveries.start(progress.input().order(), edit);
        case Complete() -> ending = Optional.of(complete(edit));
        case Fail(String reason) -> {
          edit.close(WorkflowState.FAILED, OrderEvent.FAILED, named("reason", reason));
          ending = Optional.of(Count.ORDERS_FAILED);
        }
        case ContinueAsNew(OrderInput input) -> next = Optional.of(continueAs(input, edit));
      }
    }
    WorkflowTransaction.Builder transaction = edit.transaction(shard).completes(lease);
    next.ifPresent(run -> transaction.change(run).enqueue(queues.workflowTask(run.key())));
    Optional<Count> continued = next.map(run -> Count.CONTINUED_AS_NEW);
    Optional<Count> ended = ending;
    return new Step(
        transaction.build(),
        () -> {
          counters.add(Count.WORKFLOW_TASKS);
          continued.ifPresent(counters::add);
          ended.ifPresent(this::ended);
          scheduleChecks(edit);
        });
  }

  private Count complete(RunEdit edit) {
    edit.close(WorkflowState.COMPLETED, OrderEvent.COMPLETED, DemoJson.object());
    Optional<ParentLink> parent = edit.parent();
    parent.ifPresent(link -> deliveries.end(link, edit));
    return parent.isPresent() ? Count.DELIVERIES_COMPLETED : Count.ORDERS_COMPLETED;
  }

  private CreateRun continueAs(OrderInput input, RunEdit edit) {
    RunKey successor = RunKey.create(edit.run().namespace(), edit.run().workflowId());
    edit.continueAs(successor);
    return NewRuns.open(
            successor,
            CreateMode.replaceClosed(edit.run().runId()),
            NewRuns.definition(input.order(), edit.now()).build(),
            input)
        .build();
  }

  /**
   * Records the effect of an activity in the commit that completes its task: with a lost lease,
   * nothing is recorded.
   *
   * @throws io.odin.persistence.error.LeaseLostException if the lease of the task is lost
   */
  void recordActivity(Task task, TaskLease lease) {
    RunKey run = task.run();
    ObjectNode data =
        named("activity", OrderQueues.read(task).activity())
            .put("attempt", lease.attempt())
            .put("worker", lease.worker());
    Optional<CommitResult> result =
        commits.send(
            run.workflowId(),
            shard ->
                runs.find(run)
                    .map(
                        snapshot -> {
                          RunEdit edit = runs.edit(snapshot);
                          edit.event(OrderEvent.ACTIVITY_COMPLETED, data);
                          edit.wakeWorkflow();
                          return new Step(
                              edit.transaction(shard).completes(lease).build(),
                              () -> counters.add(Count.ACTIVITIES_RECORDED));
                        }));
    if (result.isEmpty()) {
      drop(lease);
    }
  }

  /** Records in the run of a dead letter that its activity has failed. Idempotent. */
  void recordFailure(DeadLetter letter) {
    RunKey run = letter.run();
    String activity = OrderQueues.read(DemoJson.read(letter.data())).activity();
    commits.send(
        run.workflowId(),
        shard ->
            runs.find(run)
                .filter(snapshot -> !OrderProgress.of(histories.read(run)).isFailed(activity))
                .map(
                    snapshot -> {
                      RunEdit edit = runs.edit(snapshot);
                      edit.event(
                          OrderEvent.ACTIVITY_FAILED,
                          named("activity", activity)
                              .put("attempts", letter.attempts())
                              .put("reason", letter.reason()));
                      edit.wakeWorkflow();
                      return Step.of(edit.transaction(shard).build());
                    }));
  }

  /** Records that a due timer has fired, and enqueues a workflow task. Idempotent. */
  void fireTimer(WorkflowTimer timer) {
    RunKey run = timer.run();
    commits.send(
        run.workflowId(),
        shard ->
            runs.find(run)
                .filter(snapshot -> snapshot.timers().contains(timer))
                .map(
                    snapshot -> {
                      RunEdit edit = runs.edit(snapshot);
                      edit.event(OrderEvent.TIMER_FIRED, named("timer", timer.timerId()));
                      edit.removeTimer(TimerDelete.fired(timer));
                      edit.wakeWorkflow();
                      return new Step(
                          edit.transaction(shard).build(), () -> counters.add(Count.TIMERS_FIRED));
                    }));
  }

  /** Enqueues a workflow task for a run that has pending signals; otherwise does nothing. */
  void handleSignals(RunKey run) {
    commits.send(
        run.workflowId(),
        shard ->
            runs.find(run)
                .filter(snapshot -> !snapshot.signals().isEmpty())
                .map(
                    snapshot -> {
                      RunEdit edit = runs.edit(snapshot);
                      edit.wakeWorkflow();
                      return Step.of(edit.transaction(shard).build());
                    }));
  }

  /** Terminates the current run of an order; does nothing if it is closed. */
  public void terminate(Order order) {
    WorkflowKey workflow = new WorkflowKey(queues.workflow().namespace(), order.id());
    commits.send(
        order.id(),
        shard ->
            runs.findCurrent(workflow)
                .map(
                    snapshot -> {
                      RunEdit edit = runs.edit(snapshot);
                      edit.close(
                          WorkflowState.TERMINATED,
                          OrderEvent.TERMINATED,
                          named("reason", "canceled by the customer"));
                      return new Step(
                          edit.transaction(shard).build(), () -> ended(Count.ORDERS_TERMINATED));
                    }));
  }

  /** Completes a task whose run has closed since it was enqueued. */
  private void drop(TaskLease lease) {
    persistence.taskQueues().complete(lease);
    counters.add(Count.TASKS_OF_CLOSED_RUNS);
  }

  private void ended(Count how) {
    counters.add(how);
    if (how != Count.DELIVERIES_COMPLETED) {
      context.completions().ended();
    }
  }

  private void scheduleChecks(RunEdit edit) {
    Instant now = Instant.now();
    for (TimerUpsert timer : edit.timers()) {
      Duration delay = Duration.between(now, timer.fireAt());
      if (delay.compareTo(TimerService.HORIZON) < 0) {
        context
            .timerChecks()
            .add(new TimerCheck(edit.run(), timer.timerId(), timer.fireAt()), delay);
      }
    }
  }

  private static ObjectNode named(String member, String value) {
    return DemoJson.object().put(member, value);
  }
}
