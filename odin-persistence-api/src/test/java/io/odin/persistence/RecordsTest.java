package io.odin.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import io.odin.persistence.visibility.query.AttributeType;
import io.odin.persistence.visibility.query.Condition;
import io.odin.persistence.visibility.query.Field;
import io.odin.persistence.visibility.query.Operator;
import io.odin.persistence.visibility.query.Value;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes into a store: each record refuses what no backend can take. */
class RecordsTest {

  private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123456789Z");
  private static final Instant TRUNCATED = Instant.parse("2026-11-01T12:00:00.123456Z");
  private static final NamespaceId NAMESPACE = new NamespaceId(new UUID(1, 1));
  private static final RunKey RUN = new RunKey(NAMESPACE, "order-1", new UUID(2, 1));
  private static final TaskQueue QUEUE = new TaskQueue(NAMESPACE, "orders", TaskType.WORKFLOW);
  private static final TaskKey TASK = new TaskKey(QUEUE, 1);
  private static final Json DATA = Json.emptyObject();
  private static final ScheduleKey SCHEDULE = new ScheduleKey(NAMESPACE, new UUID(6, 1));
  private static final ScheduleSpec DAILY = ScheduleSpec.cron("0 4 * * *", "Europe/Berlin");

  private static ScheduleLease due(Instant at) {
    return new ScheduleLease(SCHEDULE, new UUID(6, 2), "scheduler", at, Optional.of(at), at);
  }

  private static final Field.Tag FIELD = new Field.Tag("k");
  private static final Value.Text VALUE = new Value.Text("");
  private static final Condition.IsNull TEST = new Condition.IsNull(FIELD);

  static Stream<Record> records() {
    return Stream.of(
        NAMESPACE,
        RUN,
        QUEUE,
        TASK,
        NamespaceSettings.defaults(),
        RUN.workflow(),
        new ParentLink("parent", new UUID(2, 2), 1),
        RunDefinition.builder("order", "orders", AT).build(),
        RunState.running(Bytes.empty()),
        new HistoryEvent(1, "Started", AT, DATA),
        new TimerUpsert("t", AT, DATA),
        TimerDelete.cancel("t"),
        NewTask.of(QUEUE, RUN, DATA),
        new TaskLease(TASK, new UUID(3, 1), "worker", 1, AT),
        NewSignal.create("cancel", DATA),
        QueryKey.create(RUN),
        NewQuery.create(RUN, "status", DATA, Duration.ofSeconds(1)),
        new QueryCompletion(QueryKey.create(RUN), QueryAnswer.error("broken")),
        (Record) QueryAnswer.result(DATA),
        (Record) QueryAnswer.error("broken"),
        new TaskFailure("no luck", Duration.ZERO, 3),
        PollRequest.of(QUEUE, "worker", Duration.ofSeconds(1), 10),
        new ShardLease(0, "host", 1, AT),
        PageRequest.first(10),
        new PageToken("t"),
        new Page<>(List.of(), Optional.empty()),
        new Credentials("", ""),
        (Record) CreateMode.replaceClosed(new UUID(4, 1)),
        (Record) CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.fail()),
        (Record) OpenRunPolicy.terminateExisting("Terminated", AT, DATA),
        new CommitResult(List.of(), Optional.empty()),
        SCHEDULE,
        (Record) DAILY,
        (Record) ScheduleSpec.interval(Duration.ofSeconds(1)),
        (Record) ScheduleSpec.interval(Duration.ofSeconds(2), Duration.ofSeconds(1)),
        (Record) ScheduleSpec.anyOf(List.of(DAILY, DAILY)),
        ScheduleDefinition.builder(DAILY, "order", "orders").build(),
        NewSchedule.of(
            SCHEDULE, "daily", ScheduleDefinition.builder(DAILY, "order", "orders").build()),
        due(AT),
        (Record) DueOutcome.started(RUN),
        (Record) DueOutcome.skipped("open"),
        (Record) DueOutcome.failed("no queue"),
        FIELD,
        new Field.Attribute("Priority", AttributeType.INT),
        VALUE,
        new Value.Time(TRUNCATED),
        new Value.Now(Duration.ofHours(-1)),
        new Value.RunId(new UUID(2, 1)),
        new Value.State(WorkflowState.RUNNING),
        new Condition.Or(List.of(TEST)),
        new Condition.And(List.of(TEST)),
        new Condition.Not(TEST),
        new Condition.Comparison(FIELD, Operator.EQUAL, VALUE),
        new Condition.In(FIELD, List.of(VALUE)),
        new Condition.Between(FIELD, VALUE, VALUE),
        TEST,
        new Condition.StartsWith(FIELD, ""));
  }

  static Stream<Arguments> components() {
    return records()
        .flatMap(
            record ->
                IntStream.range(0, record.getClass().getRecordComponents().length)
                    .filter(i -> !component(record, i).getType().isPrimitive())
                    .mapToObj(i -> Arguments.of(record, i, component(record, i).getName())));
  }

  private static RecordComponent component(Record record, int index) {
    return record.getClass().getRecordComponents()[index];
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("components")
  void null_isRefused_andTheComponentNamed(Record record, int index, String name)
      throws ReflectiveOperationException {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i == index ? null : components[i].getAccessor().invoke(record);
    }
    Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
    assertThatExceptionOfType(InvocationTargetException.class)
        .isThrownBy(() -> constructor.newInstance(values))
        .havingCause()
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo("is null: it must be given");
              assertThat(refusal.field()).isNotBlank();
            });
  }

  @ParameterizedTest
  @MethodSource("records")
  void copy_isEqual(Record record) throws ReflectiveOperationException {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = components[i].getAccessor().invoke(record);
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object copy = record.getClass().getDeclaredConstructor(types).newInstance(values);
    assertThat(copy).isEqualTo(record).hasSameHashCodeAs(record);
  }

  @Test
  void instants_areTruncatedInEveryRecord() {
    assertThat(new HistoryEvent(1, "e", AT, DATA).timestamp()).isEqualTo(TRUNCATED);
    assertThat(new TimerUpsert("t", AT, DATA).fireAt()).isEqualTo(TRUNCATED);
    assertThat(new Value.Time(AT).instant()).isEqualTo(TRUNCATED);
    assertThat(new TimerDelete("t", Optional.of(AT)).firedAt()).hasValue(TRUNCATED);
    assertThat(new ShardLease(0, "h", 1, AT).expiresAt()).isEqualTo(TRUNCATED);
    assertThat(new TaskLease(TASK, new UUID(3, 1), "w", 1, AT).expiresAt()).isEqualTo(TRUNCATED);
    assertThat(RunDefinition.builder("o", "q", AT).build().startedAt()).isEqualTo(TRUNCATED);
    assertThat(RunState.builder().closed(WorkflowState.FAILED, AT).build().completedAt())
        .hasValue(TRUNCATED);
    assertThat(due(AT)).isEqualTo(due(TRUNCATED));
    assertThat(
            ScheduleDefinition.builder(DAILY, "o", "q")
                .startAt(AT)
                .endAt(AT.plusSeconds(1))
                .build())
        .isEqualTo(
            ScheduleDefinition.builder(DAILY, "o", "q")
                .startAt(TRUNCATED)
                .endAt(TRUNCATED.plusSeconds(1))
                .build());
  }

  @Test
  void conditions_areNeverEmpty() {
    assertRefused(() -> new Condition.Or(List.of()), "alternatives");
    assertRefused(() -> new Condition.And(List.of()), "parts");
    assertRefused(() -> new Condition.In(FIELD, List.of()), "values");
    assertRefused(() -> new Value.Decimal(Double.NaN), "number");
    assertRefused(() -> new Value.Now(Duration.ofDays(36_501)), "offset");
  }

  @Test
  void ids_areCheckedInEveryRecord() {
    String tooLong = "x".repeat(256);
    assertRefused(() -> new RunKey(NAMESPACE, tooLong, new UUID(1, 1)), "workflowId");
    assertRefused(() -> new WorkflowKey(NAMESPACE, tooLong), "workflowId");
    assertRefused(() -> new ParentLink(tooLong, new UUID(1, 1), 1), "parentWorkflowId");
    assertRefused(() -> new TaskQueue(NAMESPACE, tooLong, TaskType.ACTIVITY), "taskQueueName");
    assertRefused(() -> new TimerUpsert(tooLong, AT, DATA), "timerId");
    assertRefused(() -> TimerDelete.cancel(tooLong), "timerId");
    assertRefused(() -> new NewSignal(tooLong, "cancel", DATA), "signalId");
    assertRefused(() -> NewSignal.create(tooLong, DATA), "signalName");
    assertRefused(() -> NewQuery.create(RUN, tooLong, DATA, Duration.ofSeconds(1)), "queryName");
    assertRefused(() -> new HistoryEvent(1, tooLong, AT, DATA), "eventType");
    assertRefused(() -> new ShardLease(0, tooLong, 1, AT), "owner");
    assertRefused(() -> new TaskLease(TASK, new UUID(1, 1), tooLong, 1, AT), "worker");
    assertRefused(() -> PollRequest.of(QUEUE, tooLong, Duration.ofSeconds(1), 1), "worker");
    assertRefused(() -> RunDefinition.builder(tooLong, "q", AT).build(), "workflowType");
    assertRefused(() -> RunDefinition.builder("o", tooLong, AT).build(), "taskQueue");
    assertRefused(
        () -> RunDefinition.builder("o", "q", AT).startRequestId(tooLong).build(),
        "startRequestId");
    assertRefused(
        () -> RunDefinition.builder("o", "q", AT).cronSchedule("").build(), "cronSchedule");
    assertRefused(() -> NamespaceSettings.builder().ownerId(tooLong).build(), "ownerId");
    assertRefused(() -> OpenRunPolicy.terminateExisting(tooLong, AT, DATA), "eventType");
    assertRefused(() -> ScheduleSpec.cron(tooLong, "UTC"), "cronExpression");
    assertRefused(() -> ScheduleSpec.cron("0 4 * * *", tooLong), "timeZone");
    assertRefused(() -> ScheduleSpec.cron("0 4 * * *", "Mars/Olympus"), "timeZone");
    assertRefused(() -> ScheduleDefinition.builder(DAILY, tooLong, "q").build(), "workflowType");
    assertRefused(() -> ScheduleDefinition.builder(DAILY, "o", tooLong).build(), "taskQueue");
  }

  @Test
  void numbers_areWithinBounds() {
    assertRefused(() -> new HistoryEvent(0, "e", AT, DATA), "eventId");
    assertRefused(() -> new HistoryEvent(Long.MAX_VALUE, "e", AT, DATA), "eventId");
    assertRefused(() -> new ParentLink("p", new UUID(1, 1), 0), "initiatedEventId");
    assertRefused(() -> new EventRange(0, 5), "from");
    assertRefused(() -> new EventRange(1, 0), "to");
    assertRefused(() -> new ShardLease(-1, "h", 1, AT), "shardId");
    assertRefused(() -> new ShardLease(0, "h", -1, AT), "fenceToken");
    assertRefused(() -> new TaskLease(TASK, new UUID(1, 1), "w", 0, AT), "attempt");
    assertRefused(() -> new TaskFailure("r", Duration.ZERO, 0), "maximumAttempts");
    assertRefused(() -> new TaskFailure("x".repeat(4001), Duration.ZERO, 1), "reason");
    assertRefused(() -> QueryAnswer.error("x".repeat(4001)), "queryError");
    assertRefused(() -> NewQuery.create(RUN, "q", DATA, Duration.ZERO), "timeToLive");
    assertRefused(() -> NewTask.builder(QUEUE, RUN, DATA).priority(0).build(), "priority");
    assertRefused(() -> NewTask.builder(QUEUE, RUN, DATA).priority(6).build(), "priority");
    assertRefused(
        () -> NewTask.builder(QUEUE, RUN, DATA).expiresAfter(Duration.ZERO).build(),
        "expiresAfter");
    assertRefused(() -> PollRequest.of(QUEUE, "w", Duration.ofSeconds(1), 0), "maximum");
    assertRefused(() -> PollRequest.of(QUEUE, "w", Duration.ofSeconds(1), 1001), "maximum");
    assertRefused(() -> PollRequest.of(QUEUE, "w", Duration.ZERO, 1), "leaseFor");
    assertRefused(() -> NamespaceSettings.builder().retentionDays(-1).build(), "retentionDays");
    assertRefused(() -> NamespaceSettings.builder().retentionDays(36_501).build(), "retentionDays");
    assertRefused(
        () -> RunState.builder().lastProcessedEventId(-1).build(), "lastProcessedEventId");
    assertRefused(() -> RunState.builder().completionEventId(0).build(), "completionEventId");
    assertRefused(
        () -> RunDefinition.builder("o", "q", AT).runTimeout(Duration.ofMillis(1)).build(),
        "runTimeout");
    assertRefused(() -> ScheduleSpec.interval(Duration.ZERO), "interval");
    assertRefused(() -> ScheduleSpec.interval(Duration.ofMillis(1001)), "interval");
    assertRefused(
        () -> ScheduleSpec.interval(Duration.ofSeconds(1), Duration.ofSeconds(1)), "offset");
    assertRefused(
        () -> ScheduleDefinition.builder(DAILY, "o", "q").jitter(Duration.ofMillis(1)).build(),
        "jitter");
    assertRefused(
        () -> ScheduleDefinition.builder(DAILY, "o", "q").maximumActions(0).build(),
        "maximumActions");
    assertRefused(() -> DueOutcome.skipped("x".repeat(4001)), "reason");
    assertRefused(
        () ->
            ScheduleDefinition.builder(DAILY, "o", "q")
                .catchUpWindow(Duration.ofSeconds(9))
                .build(),
        "catchUpWindow");
    assertRefused(
        () -> ScheduleDefinition.builder(DAILY, "o", "q").startAt(AT).endAt(AT).build(), "endAt");
  }

  @Test
  void task_staysInTheNamespaceOfItsQueue() {
    RunKey foreign = new RunKey(new NamespaceId(new UUID(1, 2)), "order-1", new UUID(2, 1));
    assertRefused(() -> NewTask.of(QUEUE, foreign, DATA), "run");
  }

  @Test
  void toBuilder_keepsEverything() {
    NamespaceSettings settings =
        NamespaceSettings.builder()
            .description("d")
            .ownerId("o")
            .retentionDays(0)
            .historyArchival(NamespaceSettings.Archival.ENABLED)
            .visibilityArchival(NamespaceSettings.Archival.ENABLED)
            .scope(NamespaceSettings.Scope.GLOBAL)
            .clusterConfig(Json.of("[1]"))
            .data(Json.of("[2]"))
            .build();
    assertThat(settings.toBuilder().build()).isEqualTo(settings);
    assertThat(settings.toBuilder().noDescription().noOwnerId().build().description()).isEmpty();

    RunState state =
        RunState.builder()
            .closed(WorkflowState.FAILED, AT)
            .executionState(Bytes.copyOf(new byte[] {1}))
            .lastProcessedEventId(2)
            .completionEventId(3)
            .memo(Json.of("[1]"))
            .searchAttributes(Json.of("[2]"))
            .autoResetPoints(Json.of("[3]"))
            .build();
    assertThat(state.toBuilder().build()).isEqualTo(state);
  }

  @Test
  void runKey_create_isTimeOrdered() {
    RunKey key = RunKey.create(NAMESPACE, "order-1");
    assertThat(key.runId().version()).isEqualTo(7);
    assertThat(key.workflow()).isEqualTo(new WorkflowKey(NAMESPACE, "order-1"));
    assertThat(NamespaceId.create().value().version()).isEqualTo(7);
  }

  private static void assertRefused(ThrowingCallable call, String field) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(call)
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
  }
}
