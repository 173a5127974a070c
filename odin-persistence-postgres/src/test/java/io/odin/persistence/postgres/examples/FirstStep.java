package io.odin.persistence.postgres.examples;

// example: first-step
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.Namespace;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardAcquisition.Acquired;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs one workflow with one activity, from its start to its end. */
public final class FirstStep {

  private static final String WORKFLOW_ID = "greeting-1";

  private final Persistence odin;
  private final TaskQueue workflowTasks;
  private final TaskQueue activityTasks;
  private final ShardLease shard;

  public static void main(String[] args) {
    PersistenceConfig config =
        PersistenceConfig.builder(args[0]).credentials(args[1], args[2]).build();
    Persistence.schemaOf(config).migrate();
    try (Persistence odin = Persistence.open(config)) {
      FirstStep engine = new FirstStep(odin);
      RunKey run = engine.start();
      while (engine.isOpen(run)) {
        engine.poll(engine.workflowTasks).forEach(engine::decide);
        engine.poll(engine.activityTasks).forEach(engine::perform);
      }
      engine.history(run).forEach(event -> System.out.println(event.eventType()));
      odin.shards().release(engine.shard);
    }
  }

  private FirstStep(Persistence odin) {
    this.odin = odin;
    NamespaceId namespace =
        odin.namespaces()
            .findByName("greetings")
            .map(Namespace::id)
            .orElseGet(
                () ->
                    odin.namespaces()
                        .create(NamespaceId.create(), "greetings", NamespaceSettings.defaults())
                        .id());
    workflowTasks = new TaskQueue(namespace, "greetings", TaskType.WORKFLOW);
    activityTasks = new TaskQueue(namespace, "greetings", TaskType.ACTIVITY);
    int shardId = ShardHash.shardOf(WORKFLOW_ID, odin.shardCount());
    if (!(odin.shards().acquire(shardId, "host-a", Duration.ofSeconds(30))
        instanceof Acquired acquired)) {
      throw new IllegalStateException("another process owns shard " + shardId);
    }
    shard = acquired.lease();
  }

  /** Starts the workflow, unless a run of it is open: then it continues that run. */
  private RunKey start() {
    RunKey run = RunKey.create(workflowTasks.namespace(), WORKFLOW_ID);
    Instant now = Instant.now();
    CreateRun start =
        CreateRun.builder(
                run,
                CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.useExisting()),
                RunDefinition.builder("greeting", workflowTasks.name(), now).build(),
                RunState.running(Bytes.empty()))
            .event(new HistoryEvent(1, "WorkflowStarted", now, Json.of("{\"name\": \"World\"}")))
            .build();
    return odin.executions()
        .commit(
            WorkflowTransaction.builder(shard)
                .change(start)
                .enqueue(NewTask.of(workflowTasks, run, Json.emptyObject()))
                .build())
        .existing()
        .map(existing -> existing.key())
        .orElse(run);
  }

  private List<LeasedTask> poll(TaskQueue queue) {
    return odin.taskQueues().poll(PollRequest.of(queue, "worker-1", Duration.ofMinutes(1), 10));
  }

  /** A workflow task: reads the history and decides what comes next. */
  private void decide(LeasedTask task) {
    WorkflowExecution run = load(task.task().run());
    WorkflowTransaction.Builder step = WorkflowTransaction.builder(shard).completes(task.lease());
    boolean greeted =
        history(run.key()).stream()
            .anyMatch(event -> event.eventType().equals("ActivityCompleted"));
    if (greeted) {
      RunState completed =
          run.state().toBuilder().closed(WorkflowState.COMPLETED, Instant.now()).build();
      step.change(update(run, completed, "WorkflowCompleted"));
    } else {
      step.change(update(run, run.state(), "ActivityScheduled"))
          .enqueue(NewTask.of(activityTasks, run.key(), Json.of("{\"name\": \"World\"}")));
    }
    odin.executions().commit(step.build());
  }

  /** An activity task: does the work and records its result in the history. */
  private void perform(LeasedTask task) {
    System.out.println("greeting " + task.task().data().asJson().text());
    WorkflowExecution run = load(task.task().run());
    odin.executions()
        .commit(
            WorkflowTransaction.builder(shard)
                .change(update(run, run.state(), "ActivityCompleted"))
                .enqueue(NewTask.of(workflowTasks, run.key(), Json.emptyObject()))
                .completes(task.lease())
                .build());
  }

  private static UpdateRun update(WorkflowExecution run, RunState state, String eventType) {
    return UpdateRun.builder(run.key(), run.version(), state)
        .event(new HistoryEvent(run.nextEventId(), eventType, Instant.now(), Json.emptyObject()))
        .build();
  }

  private WorkflowExecution load(RunKey run) {
    return odin.executions().find(run).orElseThrow().execution();
  }

  private boolean isOpen(RunKey run) {
    return !load(run).state().state().isClosed();
  }

  private List<HistoryEvent> history(RunKey run) {
    return odin.history().read(run, EventRange.all(), PageRequest.first(100)).items();
  }
}
// end of first-step
