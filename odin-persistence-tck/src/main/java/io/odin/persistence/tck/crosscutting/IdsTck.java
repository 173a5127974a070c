package io.odin.persistence.tck.crosscutting;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.Namespace;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.query.WorkflowQuery;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskFate;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.query.AttributeType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every store returns ids and texts unchanged. */
public abstract class IdsTck extends StoreTck {

  private static final String EMOJI = "😀";
  private static final List<String> NO_TEXTS = List.of("a\0b", "a\ud800", "\udc00b", "\ud800x");

  /** For backends. */
  protected IdsTck() {}

  /**
   * A field that holds text.
   *
   * @param name the name of the field
   * @param roundTrip stores a value in it and reads it back
   */
  private record Field(String name, UnaryOperator<String> roundTrip) {}

  private List<Field> ids() {
    return List.of(
        new Field("namespaceName", this::namespaceName),
        new Field("ownerId", id -> settings(b -> b.ownerId(id)).ownerId().orElseThrow()),
        new Field("shard owner", this::shardOwner),
        new Field("workflowId", this::workflowId),
        new Field("workflowType", id -> definition(builder(id, "q")).workflowType()),
        new Field("taskQueue", id -> definition(builder("t", id)).taskQueue()),
        new Field(
            "cronSchedule",
            id -> definition(builder("t", "q").cronSchedule(id)).cronSchedule().orElseThrow()),
        new Field(
            "startRequestId",
            id -> definition(builder("t", "q").startRequestId(id)).startRequestId().orElseThrow()),
        new Field("parentWorkflowId", this::parentWorkflowId),
        new Field("eventType", this::eventType),
        new Field("timerId", this::timerId),
        new Field("signalId", id -> signal(id, "cancel").signalId()),
        new Field("signalName", id -> signal("s", id).name()),
        new Field("queryName", this::queryName),
        new Field("workflowType shown", id -> shown(id, "q").workflowType()),
        new Field("taskQueue shown", id -> shown("t", id).taskQueue()),
        new Field("search attribute", this::searchAttribute),
        new Field("taskQueueName", id -> leased(id, "w").task().key().queue().name()),
        new Field("worker", id -> leased("q-" + UUID.randomUUID(), id).lease().worker()),
        new Field("scheduleName", this::scheduleName),
        new Field("createdBy", this::createdBy),
        new Field("scheduled workflowType", id -> scheduled(id, "q").workflowType()),
        new Field("scheduled taskQueue", id -> scheduled("t", id).taskQueue()),
        new Field("scheduler", id -> leasedSchedule(id).owner()),
        new Field("scheduled workflowId", this::scheduledWorkflowId));
  }

  private List<Field> texts() {
    return List.of(
        new Field(
            "description", text -> settings(b -> b.description(text)).description().orElseThrow()),
        new Field("reason", this::reason),
        new Field("queryError", this::queryError),
        new Field("pauseNote", this::pauseNote),
        new Field("skipReason", this::skipReason),
        new Field("resultMessage", this::resultMessage));
  }

  private Namespace namespaceNamed(String name) {
    return persistence()
        .namespaces()
        .create(NamespaceId.create(), name, NamespaceSettings.defaults());
  }

  private String namespaceName(String name) {
    Namespace created = namespaceNamed(name);
    assertThat(persistence().namespaces().findByName(name)).contains(created);
    return created.name();
  }

  private NamespaceSettings settings(UnaryOperator<NamespaceSettings.Builder> change) {
    NamespaceSettings settings = change.apply(NamespaceSettings.builder()).build();
    NamespaceId id = NamespaceId.create();
    persistence().namespaces().create(id, "tck-" + id, settings);
    return persistence().namespaces().find(id).orElseThrow().settings();
  }

  private String shardOwner(String owner) {
    int shardId = newShard();
    assertThat(acquired(shardId, owner, LONG).owner()).isEqualTo(owner);
    assertThat(persistence().shards().listOwned(owner)).hasSize(1);
    return persistence().shards().find(shardId).orElseThrow().owner().orElseThrow();
  }

  private String workflowId(String workflowId) {
    RunKey run = RunKey.create(newNamespace(), workflowId);
    commit(Samples.create(run));
    return persistence().executions().findCurrent(run.workflow()).orElseThrow().key().workflowId();
  }

  private static RunDefinition.Builder builder(String workflowType, String taskQueue) {
    return RunDefinition.builder(workflowType, taskQueue, Samples.STARTED);
  }

  private RunDefinition definition(RunDefinition.Builder definition) {
    RunKey run = newRun();
    commit(
        CreateRun.builder(run, CreateMode.brandNew(), definition.build(), Samples.running())
            .build());
    return persistence().executions().find(run).orElseThrow().execution().definition();
  }

  private String parentWorkflowId(String workflowId) {
    ParentLink parent = new ParentLink(workflowId, UUID.randomUUID(), 1);
    return definition(builder("t", "q").parent(parent)).parent().orElseThrow().workflowId();
  }

  private String eventType(String type) {
    RunKey run = newRun();
    commit(
        Samples.create(run, CreateMode.brandNew())
            .event(new HistoryEvent(1, type, Samples.STARTED, Json.emptyObject()))
            .build());
    return persistence().history().find(run, 1).orElseThrow().eventType();
  }

  private String timerId(String id) {
    RunKey run = newRun();
    commit(
        Samples.create(run, CreateMode.brandNew())
            .timer(new TimerUpsert(id, Samples.ENDED, Json.emptyObject()))
            .build());
    return persistence().executions().find(run).orElseThrow().timers().getFirst().timerId();
  }

  private WorkflowSignal signal(String signalId, String name) {
    RunKey run = startedRun();
    persistence().signals().put(run, new NewSignal(signalId, name, Json.emptyObject()));
    return persistence().signals().pending(run, PageRequest.first(1)).items().getFirst();
  }

  private QueryKey query(String name) {
    return persistence()
        .queryResults()
        .request(NewQuery.create(startedRun(), name, Json.emptyObject(), LONG));
  }

  private String queryName(String name) {
    return persistence().queryResults().find(query(name)).orElseThrow().name();
  }

  private String queryError(String message) {
    QueryKey query = query("status");
    persistence()
        .queryResults()
        .complete(new QueryCompletion(query, QueryAnswer.error(message)), 1);
    WorkflowQuery stored = persistence().queryResults().find(query).orElseThrow();
    return ((QueryAnswer.Failed) stored.completion().orElseThrow().answer()).message();
  }

  private VisibilityRecord shown(String workflowType, String taskQueue) {
    RunKey run = newRun();
    persistence()
        .visibility()
        .upsert(VisibilityRecord.builder(run, workflowType, taskQueue, Samples.STARTED).build(), 1);
    return persistence().visibility().find(run).orElseThrow();
  }

  private String searchAttribute(String name) {
    RunKey run = newRun();
    persistence().visibility().registerAttribute(namespace(), name, AttributeType.KEYWORD);
    SearchAttributes attributes = SearchAttributes.builder().keyword(name, "value").build();
    persistence()
        .visibility()
        .upsert(Samples.visibility(run).searchAttributes(attributes).build(), 1);
    return persistence()
        .visibility()
        .find(run)
        .orElseThrow()
        .searchAttributes()
        .names()
        .iterator()
        .next();
  }

  private LeasedTask leased(String queueName, String worker) {
    TaskQueue queue = new TaskQueue(namespace(), queueName, TaskType.ACTIVITY);
    persistence().taskQueues().enqueue(NewTask.of(queue, newRun(), Json.emptyObject()));
    List<LeasedTask> tasks =
        persistence().taskQueues().poll(PollRequest.of(queue, worker, LONG, 10));
    assertThat(tasks).hasSize(1);
    return tasks.getFirst();
  }

  private String reason(String text) {
    LeasedTask task = leased("q-" + UUID.randomUUID(), "w");
    TaskFate fate =
        persistence().taskQueues().fail(task.lease(), new TaskFailure(text, Duration.ZERO, 1));
    assertThat(fate).isEqualTo(TaskFate.DEAD);
    return allPages(
            10, page -> persistence().taskQueues().deadLetters(task.task().key().queue(), page))
        .getFirst()
        .reason();
  }

  private Schedule schedule(UnaryOperator<NewSchedule> change) {
    NewSchedule schedule =
        NewSchedule.of(ScheduleKey.create(newNamespace()), "schedule", Samples.hourly());
    persistence().schedules().create(change.apply(schedule));
    return persistence().schedules().find(schedule.key()).orElseThrow();
  }

  private String scheduleName(String name) {
    Schedule stored = schedule(s -> NewSchedule.of(s.key(), name, s.definition()));
    assertThat(persistence().schedules().findByName(stored.key().namespace(), name))
        .contains(stored);
    assertThat(persistence().schedules().findAll(stored.key().namespace(), List.of(name)))
        .containsExactly(stored);
    return stored.name();
  }

  private String createdBy(String creator) {
    return schedule(s -> s.createdBy(creator)).createdBy().orElseThrow();
  }

  private ScheduleDefinition scheduled(String workflowType, String taskQueue) {
    ScheduleDefinition definition =
        ScheduleDefinition.builder(Samples.hourly().spec(), workflowType, taskQueue).build();
    return schedule(s -> NewSchedule.of(s.key(), s.name(), definition)).definition();
  }

  private ScheduleLease leasedSchedule(String owner) {
    Schedule schedule = schedule(s -> s);
    database().ageSchedule(schedule.key(), Duration.ofMinutes(90));
    return persistence().schedules().claimDue(owner, LONG, 1000).stream()
        .map(DueSchedule::lease)
        .filter(lease -> lease.schedule().equals(schedule.key()))
        .findFirst()
        .orElseThrow();
  }

  private ScheduleRun recorded(ScheduleLease lease, DueOutcome outcome) {
    persistence().schedules().advance(lease, outcome);
    return persistence()
        .schedules()
        .history(lease.schedule(), PageRequest.first(1))
        .items()
        .getFirst();
  }

  private String scheduledWorkflowId(String workflowId) {
    ScheduleLease lease = leasedSchedule("scheduler");
    RunKey run = RunKey.create(lease.schedule().namespace(), workflowId);
    return recorded(lease, DueOutcome.started(run)).run().orElseThrow().workflowId();
  }

  private String skipReason(String text) {
    return recorded(leasedSchedule("scheduler"), DueOutcome.skipped(text)).message();
  }

  private String resultMessage(String text) {
    ScheduleLease lease = leasedSchedule("scheduler");
    RunKey run = RunKey.create(lease.schedule().namespace(), "w");
    recorded(lease, DueOutcome.started(run));
    persistence().schedules().recordResult(run, ScheduleResult.FAILED, text);
    return persistence()
        .schedules()
        .history(lease.schedule(), PageRequest.first(1))
        .items()
        .getFirst()
        .message();
  }

  private String pauseNote(String text) {
    ScheduleKey key = schedule(s -> s).key();
    persistence().schedules().pause(key, text);
    return persistence().schedules().find(key).orElseThrow().pauseNote().orElseThrow();
  }

  private static void assertKept(Field field, String value) {
    assertThat(field.roundTrip().apply(value)).as(field.name()).isEqualTo(value);
  }

  private static void assertRefused(Field field, String value) {
    InvalidRequestException thrown =
        thrownBy(InvalidRequestException.class, () -> field.roundTrip().apply(value));
    assertThat(thrown.field()).as(field.name()).isNotBlank();
  }

  @Test
  @Scenario("X-01")
  void ids_ofOneAndOf255Characters_areStored() {
    for (Field field : ids()) {
      assertKept(field, "a");
      assertKept(field, "x".repeat(255));
    }
  }

  @Test
  @Scenario("X-01")
  void ids_ofZeroAndOf256Characters_areRefused() {
    for (Field field : ids()) {
      assertRefused(field, "");
      assertRefused(field, "x".repeat(256));
    }
  }

  @Test
  @Scenario("X-01")
  void texts_atTheirLimit_areStored() {
    for (Field field : texts()) {
      assertKept(field, "");
      assertKept(field, EMOJI.repeat(4000));
      assertRefused(field, "x".repeat(4001));
    }
  }

  @Test
  @Scenario("X-02")
  void ids_areCountedInCodePoints() {
    for (Field field : ids()) {
      assertKept(field, EMOJI.repeat(255));
      assertRefused(field, EMOJI.repeat(256));
    }
  }

  @Test
  @Scenario("X-04")
  void ids_withNulOrALoneSurrogate_areRefused() {
    for (String noText : NO_TEXTS) {
      ids().forEach(field -> assertRefused(field, noText));
      texts().forEach(field -> assertRefused(field, noText));
    }
  }

  @Test
  @Scenario("X-05")
  void ids_ofAnyLanguage_areReadBackUnchanged() {
    for (String text :
        List.of(
            "注文-📦 é e\u0301 ' \" \\ % _ ? : @ $1 {}",
            " both ends ",
            "line\nbreak\ttab\u2028",
            "עברית العربية",
            "'; DROP TABLE namespaces; --")) {
      ids().forEach(field -> assertKept(field, text));
      texts().forEach(field -> assertKept(field, text));
    }
  }
}
