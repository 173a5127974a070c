package io.odin.persistence.execution;

import static io.odin.persistence.execution.Parts.AT;
import static io.odin.persistence.execution.Parts.DATA;
import static io.odin.persistence.execution.Parts.NAMESPACE;
import static io.odin.persistence.execution.Parts.NEXT_RUN;
import static io.odin.persistence.execution.Parts.OTHER_NAMESPACE;
import static io.odin.persistence.execution.Parts.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Payload;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContentHashTest {

  private static final RunDefinition DEFINITION =
      Parts.definition(Optional.of(new BaseRun(new UUID(2, 9), 1)));
  private static final RunState STATE = Parts.completed();

  /** Another value for each type of component. */
  private static final Map<Class<?>, Object> OTHERS =
      Map.ofEntries(
          Map.entry(String.class, "another"),
          Map.entry(Instant.class, AT.plusNanos(1000)),
          Map.entry(Duration.class, Duration.ofSeconds(99)),
          Map.entry(UUID.class, new UUID(8, 8)),
          Map.entry(Json.class, Json.of("{\"a\":2}")),
          Map.entry(Payload.class, Json.of("{\"a\":2}")),
          Map.entry(Bytes.class, Bytes.copyOf(new byte[] {1, 3})),
          Map.entry(long.class, 77L),
          Map.entry(int.class, 5),
          Map.entry(SearchAttributes.class, SearchAttributes.builder().integer("a", 2).build()),
          Map.entry(OptionalLong.class, OptionalLong.of(78)),
          Map.entry(TaskType.class, TaskType.ACTIVITY),
          Map.entry(WorkflowState.class, WorkflowState.FAILED),
          Map.entry(IdReusePolicy.class, IdReusePolicy.REJECT_DUPLICATE),
          Map.entry(OpenRunPolicy.class, OpenRunPolicy.useExisting()));

  @Test
  void hash_isSha256Long() {
    assertThat(everything().build().contentHash().size()).isEqualTo(32);
  }

  @Test
  void hash_ofEqualContent_isEqual() {
    assertThat(everything().build().contentHash()).isEqualTo(everything().build().contentHash());
  }

  @Test
  void hash_comparesJsonByValue() {
    RunState respelled = STATE.toBuilder().memo(Json.of(" { \"a\" : 1.0 } ")).build();
    assertThat(updating(respelled)).isEqualTo(updating(STATE));
  }

  @Test
  void hash_doesNotDependOnHowTheTransactionIsSent() {
    Bytes hash = everything().build().contentHash();
    TaskLease lease = Parts.lease();
    TaskLease renewed =
        new TaskLease(lease.task(), lease.leaseId(), "worker-b", 2, AT.plusSeconds(60));
    assertThat(everything().commitId(new UUID(9, 9)).build().contentHash()).isEqualTo(hash);
    assertThat(everything(new ShardLease(7, "host-b", 4, AT.plusSeconds(60))).build().contentHash())
        .isEqualTo(hash);
    assertThat(everything().completes(renewed).build().contentHash()).isEqualTo(hash);
    ScheduleLease due = Parts.due();
    ScheduleLease longer =
        new ScheduleLease(
            due.schedule(),
            due.leaseId(),
            "scheduler-b",
            due.dueAt(),
            due.nextDueAt(),
            AT.plusSeconds(60));
    assertThat(everything().advances(longer).build().contentHash()).isEqualTo(hash);
  }

  /** Each of these differs from all others: no two changes cancel each other out. */
  @Test
  void hash_differsForEachFieldThatIsChanged() {
    Map<String, Bytes> hashes = new LinkedHashMap<>();
    hashes.put("nothing changed", everything().build().contentHash());
    variants(STATE)
        .forEach((name, state) -> hashes.put("update.state." + name, updating((RunState) state)));
    variants(Parts.event(9))
        .forEach(
            (name, event) ->
                hashes.put("update.event." + name, updatingEvent((HistoryEvent) event)));
    variants(Parts.timer("t1"))
        .forEach((name, timer) -> hashes.put("timer." + name, settingTimer((TimerUpsert) timer)));
    variants(Parts.timerDelete("t2"))
        .forEach(
            (name, timer) -> hashes.put("timerDelete." + name, deletingTimer((TimerDelete) timer)));
    variants(Parts.visibility())
        .forEach(
            (name, record) -> hashes.put("visibility." + name, showing((VisibilityRecord) record)));
    Stream.of(Map.of("a", "1"), Map.of("b", "1"), Map.of("a", "2"), Map.<String, String>of())
        .forEach(tags -> hashes.put("tags " + tags, tagging(Tags.of(tags))));
    variants(DEFINITION)
        .forEach(
            (name, definition) ->
                hashes.put("create.definition." + name, creating((RunDefinition) definition)));
    variants(Parts.task())
        .forEach((name, task) -> hashes.put("task." + name, enqueueing((NewTask) task)));
    variants(Parts.lease().task())
        .forEach((name, task) -> hashes.put("completes." + name, completing((TaskKey) task)));
    variants(Parts.due())
        .forEach(
            (name, due) -> {
              if (!name.equals("owner") && !name.equals("expiresAt")) {
                hashes.put(
                    "advances." + name,
                    everything().advances((ScheduleLease) due).build().contentHash());
              }
            });
    Stream.of(
            Map.entry("shard", everything(new ShardLease(8, "host-a", 3, AT))),
            Map.entry("update only", transaction(Parts.update())),
            Map.entry("create only", transaction(create())),
            Map.entry("no tasks", answered().completes(Parts.lease())),
            Map.entry("two tasks", everything().enqueue(Parts.task())),
            Map.entry("no completion", answered().enqueue(Parts.task())),
            Map.entry("no answer", base().enqueue(Parts.task()).completes(Parts.lease())),
            Map.entry("an advance only", base().advances(Parts.due())),
            Map.entry("changes the other way round", transaction(create(), Parts.update())),
            Map.entry("completes.leaseId", completingUnder(new UUID(4, 2))),
            Map.entry("namespace", inAnotherNamespace()),
            Map.entry("update.workflowId", transaction(update("order-2", RUN.runId(), 6).build())),
            Map.entry("update.runId", transaction(update("order-1", new UUID(2, 3), 6).build())),
            Map.entry("update.version", transaction(update("order-1", RUN.runId(), 7).build())),
            Map.entry(
                "update without events", transaction(update("order-1", RUN.runId(), 6).build())),
            Map.entry("update.signalsSeen", signals(update -> update.signalsSeen(4))),
            Map.entry("update.signalsConsumed", signals(update -> update.consumeSignal("s1"))),
            Map.entry("another signal", signals(update -> update.consumeSignal("s2"))),
            Map.entry(
                "update.mode",
                transaction(
                    update("order-1", RUN.runId(), 6).mode(UpdateMode.BYPASS_CURRENT).build())),
            Map.entry(
                "update.becomesCurrent",
                transaction(update("order-1", RUN.runId(), 6).makeCurrent().build())),
            Map.entry(
                "update.becomesCurrent.previousRunId",
                transaction(
                    update("order-1", RUN.runId(), 6)
                        .makeCurrentInPlaceOf(NEXT_RUN.runId())
                        .build())),
            Map.entry("create.workflowId", transaction(createOf("order-2", NEXT_RUN.runId()))),
            Map.entry("create.runId", transaction(createOf("order-1", new UUID(2, 3)))))
        .forEach(entry -> hashes.put(entry.getKey(), entry.getValue().build().contentHash()));
    variants(Parts.completion(QueryAnswer.result(DATA)))
        .forEach(
            (name, answer) -> hashes.put("result." + name, answering((QueryCompletion) answer)));
    variants(Parts.completion(QueryAnswer.error("broken")))
        .forEach(
            (name, answer) -> hashes.put("error." + name, answering((QueryCompletion) answer)));
    createModes()
        .forEach(
            mode ->
                hashes.put(mode.toString(), transaction(Parts.create(mode)).build().contentHash()));

    assertThat(hashes).hasSizeGreaterThan(70);
    hashes.forEach(
        (name, hash) ->
            assertThat(hashes.entrySet().stream().filter(other -> other.getValue().equals(hash)))
                .as("hashes like that of %s", name)
                .extracting(Map.Entry::getKey)
                .containsExactly(name));
  }

  @Test
  void hash_separatesAdjacentTexts() {
    assertThat(creating(DEFINITION, "ab", "c")).isNotEqualTo(creating(DEFINITION, "a", "bc"));
  }

  /**
   * The record once for each of its components with that component changed, its optional ones left
   * out too; records within it are taken apart.
   */
  private static Map<String, Record> variants(Record original) {
    Map<String, Record> variants = new LinkedHashMap<>();
    RecordComponent[] components = original.getClass().getRecordComponents();
    for (RecordComponent component : components) {
      others(component, read(original, component))
          .forEach(
              (name, value) -> {
                if (isPossible(original, component, value)) {
                  variants.put(name, with(original, component, value));
                }
              });
    }
    return variants;
  }

  private static Map<String, Object> others(RecordComponent component, Object value) {
    String name = component.getName();
    Map<String, Object> others = new LinkedHashMap<>();
    switch (value) {
      case NamespaceId namespace -> {} // The whole transaction's: changed with it below.
      case RunKey run -> {
        others.put(name + ".workflowId", new RunKey(run.namespace(), "another", run.runId()));
        others.put(name + ".runId", new RunKey(run.namespace(), run.workflowId(), new UUID(8, 8)));
      }
      case Record inner ->
          variants(inner).forEach((part, other) -> others.put(name + "." + part, other));
      case Optional<?> optional -> {
        others.put("no " + name, Optional.empty());
        Object present = optional.orElseThrow();
        if (present instanceof Record inner) {
          variants(inner)
              .forEach((part, other) -> others.put(name + "." + part, Optional.of(other)));
        } else {
          others.put(name, Optional.of(another(present.getClass())));
        }
      }
      default -> {
        others.put(name, another(component.getType()));
        if (component.getType() == Payload.class) {
          // The text of the document, as bytes.
          others.put(
              name + " of bytes", Bytes.copyOf(DATA.text().getBytes(StandardCharsets.UTF_8)));
        }
      }
    }
    if (value instanceof OptionalLong) {
      others.put("no " + name, OptionalLong.empty());
    }
    return others;
  }

  private static Object another(Class<?> type) {
    return Objects.requireNonNull(OTHERS.get(type), type::getName);
  }

  /**
   * A closed run has ended at some time, and a change shows its own run: these components cannot be
   * others.
   */
  private static boolean isPossible(Record original, RecordComponent component, Object value) {
    boolean endless =
        Set.of("completedAt", "closeTime").contains(component.getName())
            && value.equals(Optional.empty());
    return !endless && !(original instanceof VisibilityRecord && component.getName().equals("run"));
  }

  private static Object read(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component.toString(), e);
    }
  }

  private static Record with(Record original, RecordComponent changed, Object value) {
    RecordComponent[] components = original.getClass().getRecordComponents();
    try {
      Constructor<?> constructor =
          original
              .getClass()
              .getDeclaredConstructor(
                  Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return (Record)
          constructor.newInstance(
              Arrays.stream(components)
                  .map(
                      component ->
                          component.getName().equals(changed.getName())
                              ? value
                              : read(original, component))
                  .toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("another " + changed, e);
    }
  }

  private static Stream<CreateMode> createModes() {
    Record terminate =
        (Record) OpenRunPolicy.terminateExisting("Terminated", AT.plusSeconds(1), DATA);
    Stream<CreateMode> policies =
        Stream.concat(
                Stream.of(
                    OpenRunPolicy.fail(), OpenRunPolicy.useExisting(), (OpenRunPolicy) terminate),
                variants(terminate).values().stream().map(OpenRunPolicy.class::cast))
            .flatMap(
                open ->
                    Arrays.stream(IdReusePolicy.values())
                        .map(closed -> CreateMode.byPolicy(closed, open)));
    return Stream.concat(
        Stream.of(
            CreateMode.bypassCurrent(),
            CreateMode.replaceClosed(new UUID(5, 1)),
            CreateMode.replaceClosed(new UUID(5, 2))),
        policies);
  }

  private static CreateRun create() {
    return Parts.create(CreateMode.brandNew());
  }

  private static CreateRun createOf(String workflowId, UUID runId) {
    return CreateRun.builder(
            new RunKey(NAMESPACE, workflowId, runId),
            CreateMode.brandNew(),
            DEFINITION,
            Parts.running())
        .build();
  }

  private static UpdateRun.Builder update(String workflowId, UUID runId, long version) {
    return UpdateRun.builder(new RunKey(NAMESPACE, workflowId, runId), version, STATE);
  }

  private static WorkflowTransaction.Builder transaction(RunChange... changes) {
    WorkflowTransaction.Builder builder = WorkflowTransaction.builder(Parts.SHARD);
    Arrays.stream(changes).forEach(builder::change);
    return builder;
  }

  private static WorkflowTransaction.Builder base() {
    return transaction(Parts.update(), create());
  }

  private static WorkflowTransaction.Builder answered() {
    return base().queryCompletion(Parts.completion(QueryAnswer.result(DATA)));
  }

  private static WorkflowTransaction.Builder everything() {
    return everything(Parts.SHARD);
  }

  private static WorkflowTransaction.Builder everything(ShardLease shard) {
    return WorkflowTransaction.builder(shard)
        .change(Parts.update())
        .change(create())
        .queryCompletion(Parts.completion(QueryAnswer.result(DATA)))
        .enqueue(Parts.task())
        .completes(Parts.lease())
        .advances(Parts.due());
  }

  private static WorkflowTransaction.Builder inAnotherNamespace() {
    RunKey run = new RunKey(OTHER_NAMESPACE, RUN.workflowId(), RUN.runId());
    return transaction(UpdateRun.builder(run, 6, STATE).build());
  }

  private static Bytes updating(RunState state) {
    return transaction(UpdateRun.builder(RUN, 6, state).event(Parts.event(9)).build())
        .build()
        .contentHash();
  }

  private static Bytes updatingEvent(HistoryEvent event) {
    return transaction(UpdateRun.builder(RUN, 6, STATE).event(event).build()).build().contentHash();
  }

  private static Bytes settingTimer(TimerUpsert timer) {
    return transaction(UpdateRun.builder(RUN, 6, Parts.running()).timer(timer).build())
        .build()
        .contentHash();
  }

  private static Bytes deletingTimer(TimerDelete timer) {
    return transaction(UpdateRun.builder(RUN, 6, STATE).deleteTimer(timer).build())
        .build()
        .contentHash();
  }

  private static WorkflowTransaction.Builder signals(UnaryOperator<UpdateRun.Builder> signals) {
    return transaction(signals.apply(update("order-1", RUN.runId(), 6)).build());
  }

  private static Bytes answering(QueryCompletion completion) {
    RunKey run = completion.query().run();
    return transaction(update(run.workflowId(), run.runId(), 6).build())
        .queryCompletion(completion)
        .build()
        .contentHash();
  }

  private static Bytes showing(VisibilityRecord record) {
    RunState shown =
        STATE.toBuilder().closed(record.state(), record.closeTime().orElseThrow()).build();
    return transaction(UpdateRun.builder(RUN, 6, shown).visibility(record).build())
        .build()
        .contentHash();
  }

  private static Bytes tagging(Tags tags) {
    return transaction(UpdateRun.builder(RUN, 6, STATE).tags(tags).build()).build().contentHash();
  }

  private static Bytes creating(RunDefinition definition) {
    return transaction(
            CreateRun.builder(NEXT_RUN, CreateMode.brandNew(), definition, Parts.running()).build())
        .build()
        .contentHash();
  }

  private static Bytes creating(RunDefinition definition, String workflowType, String taskQueue) {
    return creating(RunDefinition.builder(workflowType, taskQueue, definition.startedAt()).build());
  }

  private static Bytes enqueueing(NewTask task) {
    return base().enqueue(task).build().contentHash();
  }

  private static Bytes completing(TaskKey task) {
    return base()
        .completes(new TaskLease(task, Parts.lease().leaseId(), "worker", 1, AT))
        .build()
        .contentHash();
  }

  private static WorkflowTransaction.Builder completingUnder(UUID leaseId) {
    return base().completes(new TaskLease(Parts.lease().task(), leaseId, "worker", 1, AT));
  }

  /** Used by {@link #variants} through the component's type. */
  @Test
  void everyTypeOfComponent_hasAnotherValue() {
    Stream.of(
            RunState.class,
            RunDefinition.class,
            ParentLink.class,
            HistoryEvent.class,
            TimerUpsert.class,
            TimerDelete.class,
            VisibilityRecord.class,
            NewTask.class,
            TaskKey.class,
            TaskQueue.class,
            QueryCompletion.class,
            QueryAnswer.Result.class,
            QueryAnswer.Failed.class,
            ScheduleLease.class,
            OpenRunPolicy.TerminateExisting.class)
        .flatMap(type -> Arrays.stream(type.getRecordComponents()))
        .map(RecordComponent::getType)
        .filter(type -> !type.isRecord() && !type.equals(Optional.class))
        .filter(type -> !type.equals(QueryAnswer.class))
        .forEach(type -> assertThat(OTHERS).containsKey(type));
  }
}
