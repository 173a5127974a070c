package io.odin.persistence.tck.crosscutting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.query.WorkflowQuery;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.task.DeadLetter;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.VisibilityRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every store returns JSON, instants and numbers unchanged. */
public abstract class ValuesTck extends StoreTck {

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private static final List<String> DOCUMENTS =
      List.of(
          "{}",
          "[]",
          "null",
          "true",
          "false",
          "\"\"",
          "\"text\"",
          "\" leading and trailing \"",
          "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
          "\"\\u0001\\u001f\\u007f\"",
          "\"\\ud83d\\ude00 😀 注文 é e\u0301 \u2028\"",
          "0",
          "-1",
          "1.5",
          "0.1",
          "1e3",
          "1E-5",
          "1.50",
          "9007199254740993",
          "9223372036854775807",
          "-9223372036854775808",
          "1.7976931348623157E308",
          "4.9E-324",
          "123456789.125",
          "{\"b\":1,\"a\":2,\"\":3}",
          "{\"A\":1,\"a\":2,\"á\":3}",
          "{\"a\":{\"b\":[1,2,{\"c\":null}]}}",
          "[[],[[]],{\"x\":[{}]}]",
          "[1,1.0,\"1\",true,null]",
          "{\"sql\":\"'; DROP TABLE x; -- ? :a $1 %s\"}",
          "[".repeat(100) + "]".repeat(100),
          "\"" + "x".repeat(100_000) + "\"");

  /** For backends. */
  protected ValuesTck() {}

  private RunSnapshot stored(CreateRun run) {
    commit(run);
    return persistence().executions().find(run.key()).orElseThrow();
  }

  @Test
  @Scenario("X-06")
  void json_inEvents_isEqualByValue() {
    RunKey run = newRun();
    List<HistoryEvent> events = new ArrayList<>();
    for (String document : DOCUMENTS) {
      events.add(new HistoryEvent(events.size() + 1, "E", Samples.STARTED, Json.of(document)));
    }

    commit(Samples.create(run, CreateMode.brandNew()).history(events).build());

    assertThat(allPages(1000, page -> persistence().history().read(run, EventRange.all(), page)))
        .isEqualTo(events);
  }

  @Test
  @Scenario("X-06")
  void json_inTimersAndTasks_isEqualByValue() {
    RunKey run = newRun();
    CreateRun.Builder create = Samples.create(run, CreateMode.brandNew());
    TaskQueue queue = new TaskQueue(namespace(), "q", TaskType.WORKFLOW);
    List<Json> documents = DOCUMENTS.stream().map(Json::of).toList();
    for (int i = 0; i < documents.size(); i++) {
      create.timer(new TimerUpsert("t-%03d".formatted(i), Samples.ENDED, documents.get(i)));
      persistence()
          .taskQueues()
          .enqueue(NewTask.builder(queue, run, documents.get(i)).taskId(i).build());
    }

    assertThat(stored(create.build()).timers())
        .extracting(WorkflowTimer::data)
        .isEqualTo(documents);
    List<LeasedTask> leased =
        persistence().taskQueues().poll(PollRequest.of(queue, "w", LONG, 1000));
    assertThat(leased)
        .extracting(task -> task.task().data())
        .containsExactlyInAnyOrderElementsOf(documents);
    leased.forEach(
        task ->
            persistence()
                .taskQueues()
                .fail(task.lease(), new TaskFailure("dead", Duration.ZERO, 1)));
    assertThat(allPages(10, page -> persistence().taskQueues().deadLetters(queue, page)))
        .extracting(DeadLetter::data)
        .isEqualTo(documents);
  }

  @Test
  @Scenario("X-06")
  void json_inSignalsAndQueries_isEqualByValue() {
    RunKey run = startedRun();
    List<Json> documents = DOCUMENTS.stream().map(Json::of).toList();
    for (Json document : documents) {
      persistence().signals().put(run, NewSignal.create("document", document));
      QueryKey query =
          persistence().queryResults().request(NewQuery.create(run, "status", document, LONG));
      QueryAnswer answer = QueryAnswer.result(document);
      persistence().queryResults().complete(new QueryCompletion(query, answer), 1);

      WorkflowQuery stored = persistence().queryResults().find(query).orElseThrow();
      assertThat(stored.input()).isEqualTo(document);
      assertThat(stored.completion().orElseThrow().answer()).isEqualTo(answer);
    }

    assertThat(allPages(1000, page -> persistence().signals().pending(run, page)))
        .extracting(WorkflowSignal::input)
        .isEqualTo(documents);
  }

  @Test
  @Scenario("X-06")
  void json_inNamespacesAndRuns_isEqualByValue() {
    for (String text : DOCUMENTS) {
      Json document = Json.of(text);
      NamespaceId id = NamespaceId.create();
      NamespaceSettings settings =
          NamespaceSettings.builder().clusterConfig(document).data(document).build();
      persistence().namespaces().create(id, "tck-" + id, settings);
      RunDefinition definition =
          RunDefinition.builder("t", "q", Samples.STARTED).retryPolicy(document).build();
      RunState state =
          RunState.builder()
              .memo(document)
              .searchAttributes(Json.of("{\"a\":" + (text.length() > 199 ? "1" : text) + "}"))
              .autoResetPoints(document)
              .build();

      RunSnapshot run =
          stored(CreateRun.builder(newRun(), CreateMode.brandNew(), definition, state).build());

      assertThat(persistence().namespaces().find(id).orElseThrow().settings()).isEqualTo(settings);
      assertThat(run.execution().definition()).isEqualTo(definition);
      assertThat(run.execution().state()).isEqualTo(state);
    }
  }

  @Test
  @Scenario("X-06")
  void json_inSchedules_isEqualByValue() {
    for (String text : DOCUMENTS) {
      Json document = Json.of(text);
      NewSchedule schedule =
          NewSchedule.of(
              ScheduleKey.create(namespace()),
              "schedule-" + UUID.randomUUID(),
              Samples.schedule(Samples.hourly().spec())
                  .input(document)
                  .retryPolicy(document)
                  .memo(document)
                  // A member would be an attribute, which must be registered.
                  .searchAttributes(text.startsWith("{") ? Json.emptyObject() : document)
                  .build());

      persistence().schedules().create(schedule);

      assertThat(persistence().schedules().find(schedule.key()).orElseThrow().definition())
          .isEqualTo(schedule.definition());
    }
  }

  @Test
  @Scenario("X-06")
  void json_inVisibility_isEqualByValue() {
    for (String text : DOCUMENTS) {
      VisibilityRecord record = Samples.visibility(newRun()).memo(Json.of(text)).build();

      persistence().visibility().upsert(record, 1);

      assertThat(persistence().visibility().find(record.run())).contains(record);
    }
  }

  @Test
  @Scenario({"X-10", "X-11"})
  void visibility_atTheEndsOfItsRanges_isStored() {
    registerSampleAttributes(namespace());
    for (Instant end : List.of(Instant.EPOCH, LATEST)) {
      for (double decimal : new double[] {Double.MAX_VALUE, -Double.MIN_VALUE, 0}) {
        long number = decimal < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        VisibilityRecord record =
            VisibilityRecord.builder(newRun(), "t", "q", end)
                .executionTime(Instant.EPOCH)
                .closed(WorkflowState.COMPLETED, end)
                .historyLength(Long.MAX_VALUE)
                .stateTransitionCount(Long.MAX_VALUE)
                .searchAttributes(
                    SearchAttributes.builder()
                        .integer("Amount", number)
                        .decimal("Weight", decimal)
                        .datetime("Due", end)
                        .build())
                .build();

        persistence().visibility().upsert(record, 1);

        assertThat(persistence().visibility().find(record.run())).contains(record);
      }
    }
  }

  @Test
  @Scenario("X-07")
  void json_thatNotEveryBackendHolds_isRefused() {
    for (String refused :
        List.of(
            "\"\\u0000\"",
            "{\"\\u0000\":1}",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud800x\"",
            "\"\ud800\"",
            "1e400",
            "-1e400",
            "1e-400",
            "9223372036854775809",
            "0.12345678901234567890123",
            "{\"a\":1,\"a\":2}",
            "{\"a\":1,\"\\u0061\":2}",
            "[".repeat(101) + "]".repeat(101),
            "",
            " ",
            "{",
            "[1,]",
            "{\"a\":}",
            "01",
            "NaN",
            "'a'",
            "\"a\nb\"",
            "1 2")) {
      InvalidRequestException thrown =
          thrownBy(InvalidRequestException.class, () -> Json.of(refused));
      assertThat(thrown.position()).as(refused).isPresent();
    }
  }

  @Test
  @Scenario("X-08")
  void instants_areTruncatedToMicroseconds() {
    Instant sent = Instant.parse("2026-02-03T04:05:06.1234567Z");
    Instant kept = Instant.parse("2026-02-03T04:05:06.123456Z");

    assertThat(instantsReadBack(sent)).hasSize(5).containsOnly(kept);
    assertThat(instantsReadBack(Instant.parse("2026-02-03T04:05:06.999999999Z")))
        .containsOnly(Instant.parse("2026-02-03T04:05:06.999999Z"));
  }

  @Test
  @Scenario("X-08")
  void delays_areTruncatedToMicroseconds() {
    TaskQueue queue = new TaskQueue(namespace(), "q", TaskType.WORKFLOW);
    NewTask task =
        NewTask.builder(queue, newRun(), Json.emptyObject()).delay(Duration.ofNanos(1)).build();

    assertThat(task.delay()).isZero();
    persistence().taskQueues().enqueue(task);
    assertThat(persistence().taskQueues().poll(PollRequest.of(queue, "w", LONG, 1))).hasSize(1);
  }

  /** The instant of every field that a caller sets, after a round trip. */
  private List<Instant> instantsReadBack(Instant sent) {
    RunDefinition definition = RunDefinition.builder("t", "q", sent).build();
    RunState state = RunState.builder().closed(WorkflowState.COMPLETED, sent).build();
    RunKey key = newRun();
    RunSnapshot run =
        stored(
            CreateRun.builder(key, CreateMode.brandNew(), definition, state)
                .event(new HistoryEvent(1, "E", sent, Json.emptyObject()))
                .build());
    RunSnapshot open =
        stored(
            Samples.create(newRun(), CreateMode.brandNew())
                .timer(new TimerUpsert("t", sent, Json.emptyObject()))
                .build());
    return List.of(
        run.execution().definition().startedAt(),
        run.execution().state().completedAt().orElseThrow(),
        open.timers().getFirst().fireAt(),
        persistence().history().find(key, 1).orElseThrow().timestamp(),
        startOfSchedule(sent));
  }

  private Instant startOfSchedule(Instant sent) {
    NewSchedule schedule =
        NewSchedule.of(
            ScheduleKey.create(namespace()),
            "schedule-" + UUID.randomUUID(),
            Samples.schedule(Samples.hourly().spec()).startAt(sent).build());
    persistence().schedules().create(schedule);
    return persistence()
        .schedules()
        .find(schedule.key())
        .orElseThrow()
        .definition()
        .startAt()
        .orElseThrow();
  }

  @Test
  @Scenario("X-09")
  void instants_areTheSameInEveryTimeZone() {
    TimeZone before = TimeZone.getDefault();
    try {
      for (String zone : List.of("Pacific/Apia", "America/New_York", "Asia/Kathmandu", "UTC")) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        for (Instant hard :
            List.of(
                Instant.parse("1970-01-01T00:00:00Z"),
                // The hours that New York skips and repeats, and the day that Apia skipped.
                Instant.parse("2026-03-08T07:30:00.000001Z"),
                Instant.parse("2026-11-01T05:30:00Z"),
                Instant.parse("2026-11-01T06:30:00Z"),
                Instant.parse("2011-12-30T10:30:00Z"))) {
          assertThat(instantsReadBack(hard)).as("in " + zone).containsOnly(hard);
        }
        assertThat(databaseNow()).isCloseTo(Instant.now(), within(50, ChronoUnit.MINUTES));
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  @Scenario("X-10")
  void instants_atTheEndsOfTheRange_areStored() {
    assertThat(instantsReadBack(Instant.EPOCH)).containsOnly(Instant.EPOCH);
    assertThat(instantsReadBack(LATEST)).containsOnly(LATEST);
  }

  @Test
  @Scenario("X-10")
  void instants_outOfRange_areRefused() {
    for (Instant outside :
        List.of(Instant.EPOCH.minusNanos(1), LATEST.plusNanos(1000), Instant.MIN, Instant.MAX)) {
      thrownBy(InvalidRequestException.class, () -> instantsReadBack(outside));
      thrownBy(
          InvalidRequestException.class, () -> new TimerUpsert("t", outside, Json.emptyObject()));
      thrownBy(
          InvalidRequestException.class,
          () -> new HistoryEvent(1, "E", outside, Json.emptyObject()));
    }
  }

  @Test
  @Scenario("X-11")
  void numbers_atTheEndsOfTheirRange_areStored() {
    RunDefinition definition =
        RunDefinition.builder("t", "q", Samples.STARTED)
            .workflowTimeout(Duration.ofSeconds(Integer.MAX_VALUE))
            .runTimeout(Duration.ofSeconds(1))
            .parent(new ParentLink("p", UUID.randomUUID(), Long.MAX_VALUE))
            .build();
    RunState state =
        RunState.builder()
            .lastProcessedEventId(Long.MAX_VALUE)
            .completionEventId(Long.MAX_VALUE)
            .build();
    HistoryEvent event =
        new HistoryEvent(
            1, "E", Samples.STARTED, Long.MAX_VALUE, Long.MAX_VALUE, Json.emptyObject());
    HistoryEvent lowest =
        new HistoryEvent(
            2, "E", Samples.STARTED, Long.MIN_VALUE, Long.MIN_VALUE, Json.emptyObject());
    RunKey key = newRun();

    RunSnapshot run =
        stored(
            CreateRun.builder(key, CreateMode.brandNew(), definition, state)
                .event(event)
                .event(lowest)
                .build());

    assertThat(run.execution().definition()).isEqualTo(definition);
    assertThat(run.execution().state()).isEqualTo(state);
    assertThat(persistence().history().find(key, 1)).contains(event);
    assertThat(persistence().history().find(key, 2)).contains(lowest);
  }

  @Test
  @Scenario("X-11")
  void taskIds_atTheEndsOfTheirRange_areStored() {
    TaskQueue queue = new TaskQueue(namespace(), "q", TaskType.WORKFLOW);
    for (long taskId : new long[] {Long.MAX_VALUE, 0}) {
      persistence()
          .taskQueues()
          .enqueue(NewTask.builder(queue, newRun(), Json.emptyObject()).taskId(taskId).build());
    }

    List<LeasedTask> leased = persistence().taskQueues().poll(PollRequest.of(queue, "w", LONG, 10));

    assertThat(leased)
        .extracting(task -> task.task().key().taskId())
        .containsExactlyInAnyOrder(Long.MAX_VALUE, 0L);
    leased.forEach(task -> persistence().taskQueues().complete(task.lease()));
    assertThat(persistence().taskQueues().depth(queue).leased()).isZero();
  }
}
