package io.odin.persistence.cli.demo.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderEvent;
import io.odin.persistence.cli.demo.order.OrderInput;
import io.odin.persistence.cli.demo.order.OrderVisibility;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.visibility.SearchAttributes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects one step of an open run: events, tasks and timers. Not thread-safe.
 *
 * <p>Each step but a reset consumes the signals that the run has received: they become its first
 * events, which the workflow replays, and change the search attributes and tags of the run.
 *
 * <p>The execution state of a run is one word: whether a workflow task is pending. While one is, no
 * other is enqueued; its commit either sees the new events, or meets a conflict and reloads.
 */
final class RunEdit {

  static final Bytes WORKFLOW_TASK_PENDING = word("workflow task pending");

  private static final Bytes IDLE = word("idle");

  private final WorkflowExecution execution;
  private final long signalsSeen;
  private final List<WorkflowTimer> timersBefore;
  private final List<WorkflowSignal> signals;
  private final OrderQueues queues;
  private final Instant now;
  private final RunState.Builder state;
  private final List<HistoryEvent> events = new ArrayList<>();
  private final List<NewTask> tasks = new ArrayList<>();
  private final List<TimerUpsert> timers = new ArrayList<>();
  private final Map<String, TimerDelete> timersDeleted = new LinkedHashMap<>();
  private Optional<RunKey> next = Optional.empty();
  private boolean workflowTaskPending;

  private RunEdit(
      RunSnapshot snapshot, List<WorkflowSignal> consumed, OrderQueues queues, Instant now) {
    execution = snapshot.execution();
    signalsSeen = snapshot.signalsSeen();
    timersBefore = snapshot.timers();
    signals = consumed;
    this.queues = queues;
    this.now = now;
    state = execution.state().toBuilder();
    workflowTaskPending = execution.state().executionState().equals(WORKFLOW_TASK_PENDING);
    signals.forEach(
        signal ->
            event(
                OrderEvent.SIGNALED,
                DemoJson.object().put("signal", signal.signalId()).put("name", signal.name())));
  }

  /** A step that consumes the signals that the run has received. */
  static RunEdit consuming(RunSnapshot snapshot, OrderQueues queues, Instant now) {
    return new RunEdit(snapshot, snapshot.signals(), queues, now);
  }

  /** The last step of a run, which leaves its signals to the next run. */
  static RunEdit handingOn(RunSnapshot snapshot, OrderQueues queues, Instant now) {
    return new RunEdit(snapshot, List.of(), queues, now);
  }

  private static Bytes word(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }

  RunKey run() {
    return execution.key();
  }

  Instant now() {
    return now;
  }

  /** The events so far. */
  List<HistoryEvent> events() {
    return List.copyOf(events);
  }

  /** The run that started this one. */
  Optional<ParentLink> parent() {
    return execution.definition().parent();
  }

  /** The id of the event that is appended next. */
  long nextEventId() {
    return execution.nextEventId() + events.size();
  }

  /** Appends an event. */
  long event(String type, JsonNode data) {
    long id = nextEventId();
    events.add(new HistoryEvent(id, type, now, DemoJson.write(data)));
    return id;
  }

  /** Enqueues a workflow task, unless one is pending. */
  void wakeWorkflow() {
    if (!workflowTaskPending) {
      workflowTaskPending = true;
      event(OrderEvent.WORKFLOW_TASK_SCHEDULED, DemoJson.object());
      tasks.add(queues.workflowTask(run()));
    }
  }

  /** Records that a workflow task has processed all events so far. */
  void workflowTaskCompleted() {
    state.lastProcessedEventId(nextEventId() - 1);
    workflowTaskPending = false;
    event(OrderEvent.WORKFLOW_TASK_COMPLETED, DemoJson.object());
  }

  void enqueue(NewTask task) {
    tasks.add(task);
  }

  void setTimer(TimerUpsert timer) {
    timers.add(timer);
  }

  void removeTimer(TimerDelete timer) {
    timersDeleted.put(timer.timerId(), timer);
  }

  /** Closes the run and deletes its timers; the commit is refused if a signal arrives first. */
  void close(WorkflowState end, String eventType, JsonNode data) {
    state.completionEventId(event(eventType, data)).closed(end, now);
    timersBefore.forEach(
        timer -> timersDeleted.putIfAbsent(timer.timerId(), TimerDelete.cancel(timer.timerId())));
  }

  /** Closes the run in favor of the next one, which gets the signals that arrive meanwhile. */
  void continueAs(RunKey run) {
    next = Optional.of(run);
    close(WorkflowState.CONTINUED_AS_NEW, OrderEvent.CONTINUED_AS_NEW, nextRun(run));
  }

  /** The same, for a run that begins with a part of this one's history. */
  void resetTo(RunKey run) {
    next = Optional.of(run);
    close(WorkflowState.TERMINATED, OrderEvent.TERMINATED, nextRun(run).put("reason", "reset"));
  }

  private static ObjectNode nextRun(RunKey run) {
    return DemoJson.object().put("nextRun", run.runId().toString());
  }

  List<TimerUpsert> timers() {
    return timers;
  }

  private Order order() {
    return OrderInput.of(DemoJson.read(execution.state().memo())).order();
  }

  /** The step as a transaction, to which more can be added. */
  WorkflowTransaction.Builder transaction(ShardLease shard) {
    state.executionState(workflowTaskPending ? WORKFLOW_TASK_PENDING : IDLE);
    if (!signals.isEmpty()) {
      SearchAttributes attributes = SearchAttributes.of(execution.state().searchAttributes());
      state.searchAttributes(OrderVisibility.expedited(attributes).json());
    }
    RunState after = state.build();
    UpdateRun.Builder update =
        UpdateRun.builder(run(), execution.version(), after)
            .history(events)
            .signalsSeen(signalsSeen);
    next.ifPresent(update::carrySignalsTo);
    timers.forEach(update::timer);
    timersDeleted.values().forEach(update::deleteTimer);
    if (after.state().isClosed() || !signals.isEmpty()) {
      update.visibility(
          OrderVisibility.record(
              run(), execution.definition(), after, nextEventId() - 1, execution.version() + 1));
    }
    if (!signals.isEmpty()) {
      signals.forEach(signal -> update.consumeSignal(signal.signalId()));
      update.tags(OrderVisibility.expeditedTags(order()));
    }
    WorkflowTransaction.Builder transaction =
        WorkflowTransaction.builder(shard).change(update.build());
    tasks.forEach(transaction::enqueue);
    return transaction;
  }
}
