package io.odin.persistence.tck.harness;

import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceSettings.Archival;
import io.odin.persistence.namespace.NamespaceSettings.Scope;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.query.AttributeType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;

/** Sample values. Fields that do not matter to a scenario have distinctive values. */
public final class Samples {

  /** An instant of the engine's clock, to the microsecond. */
  public static final Instant STARTED = Instant.parse("2026-03-01T09:30:00.123456Z");

  /** The end of closed runs. */
  public static final Instant ENDED = Instant.parse("2026-03-01T10:45:00.654321Z");

  private Samples() {}

  /** Settings in which every field differs from its default. */
  public static NamespaceSettings settings() {
    return NamespaceSettings.builder()
        .description("Everything that ships — 注文 📦")
        .ownerId("team-orders@example.org")
        .retentionDays(7)
        .historyArchival(Archival.ENABLED)
        .visibilityArchival(Archival.ENABLED)
        .scope(Scope.GLOBAL)
        .clusterConfig(Json.of("{\"clusters\":[\"eu-1\",\"us-2\"]}"))
        .data(Json.of("{\"cost center\":4711}"))
        .build();
  }

  /** A definition with the required fields only. */
  public static RunDefinition definition() {
    return RunDefinition.builder("OrderWorkflow", "orders", STARTED).build();
  }

  /** A definition with all fields. */
  public static RunDefinition fullDefinition() {
    return RunDefinition.builder("OrderWorkflow", "orders", STARTED)
        .workflowTimeout(Duration.ofDays(30))
        .runTimeout(Duration.ofHours(6))
        .taskTimeout(Duration.ofSeconds(10))
        .retryPolicy(Json.of("{\"maximumAttempts\":5}"))
        .cronSchedule("0 4 * * *")
        .parent(new ParentLink("parent-of-it", UUID.randomUUID(), 5))
        .startRequestId("request-" + UUID.randomUUID())
        .build();
  }

  /** A running state. */
  public static RunState running() {
    return RunState.running(bytes("running"));
  }

  /** A running state with all fields. */
  public static RunState fullState() {
    return RunState.builder()
        .executionState(bytes("step 3 of 7"))
        .lastProcessedEventId(1)
        .memo(Json.of("{\"note\":\"call back\"}"))
        .searchAttributes(Json.of("{\"CustomerId\":\"c-1\"}"))
        .autoResetPoints(Json.of("{\"points\":[1,2]}"))
        .build();
  }

  /** A state that has ended at {@link #ENDED}. */
  public static RunState closed(WorkflowState state) {
    return RunState.builder().executionState(bytes("ended")).closed(state, ENDED).build();
  }

  /** One event. */
  public static HistoryEvent event(long eventId) {
    return new HistoryEvent(
        eventId,
        eventId == 1 ? "WorkflowExecutionStarted" : "ActivityTaskScheduled",
        STARTED.plusMillis(eventId),
        Json.of("{\"event\":" + eventId + "}"));
  }

  /** The events from the first to the last id, both included. */
  public static List<HistoryEvent> events(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(Samples::event).toList();
  }

  /** A brand-new run with one event. */
  public static CreateRun create(RunKey run) {
    return create(run, CreateMode.brandNew()).event(event(1)).build();
  }

  /** A running run without events, to be added to. */
  public static CreateRun.Builder create(RunKey run, CreateMode mode) {
    return CreateRun.builder(run, mode, definition(), running());
  }

  /** A brand-new run that ended at {@link #ENDED}, without events, to be added to. */
  public static CreateRun.Builder createClosed(RunKey run, WorkflowState state) {
    return CreateRun.builder(run, CreateMode.brandNew(), definition(), closed(state));
  }

  /** An update that changes nothing but the version, to be added to. */
  public static UpdateRun.Builder update(RunKey run, long expectedVersion) {
    return UpdateRun.builder(run, expectedVersion, running());
  }

  /** An update that ends the run without an event. */
  public static UpdateRun close(RunKey run, long expectedVersion, WorkflowState state) {
    return UpdateRun.builder(run, expectedVersion, closed(state)).build();
  }

  /** A visibility record of a running run, to be added to. */
  public static VisibilityRecord.Builder visibility(RunKey run) {
    return VisibilityRecord.builder(run, "OrderWorkflow", "orders", STARTED);
  }

  /** A visibility record with all fields. */
  public static VisibilityRecord fullVisibility(RunKey run) {
    return visibility(run)
        .executionTime(STARTED.plusSeconds(30))
        .closed(WorkflowState.FAILED, ENDED)
        .status("waiting for \"O'Brien\" — 注文")
        .historyLength(17)
        .stateTransitionCount(9)
        .memo(Json.of("{\"note\":\"call back\"}"))
        .searchAttributes(fullAttributes())
        .parent(RunKey.create(run.namespace(), "parent-of-it"))
        .build();
  }

  /** The types of {@link #fullAttributes}. */
  public static Map<String, AttributeType> attributeTypes() {
    return Map.of(
        "CustomerId", AttributeType.KEYWORD,
        "Products", AttributeType.KEYWORD_LIST,
        "Amount", AttributeType.INT,
        "Weight", AttributeType.DOUBLE,
        "Express", AttributeType.BOOL,
        "Due", AttributeType.DATETIME);
  }

  /** An attribute of each type. */
  public static SearchAttributes fullAttributes() {
    return SearchAttributes.builder()
        .keyword("CustomerId", "c-1 \\ \"ü\"")
        .keywordList("Products", List.of("p-2", "p-1"))
        .integer("Amount", 12)
        .decimal("Weight", 0.75)
        .isTrue("Express")
        .datetime("Due", ENDED)
        .build();
  }

  /** A definition of a schedule with the required fields only, to be added to. */
  public static ScheduleDefinition.Builder schedule(ScheduleSpec spec) {
    return ScheduleDefinition.builder(spec, "OrderWorkflow", "orders");
  }

  /** A definition of a schedule that is due every hour. */
  public static ScheduleDefinition hourly() {
    return schedule(ScheduleSpec.interval(Duration.ofHours(1))).build();
  }

  /** The UTF-8 bytes of a text. */
  public static Bytes bytes(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }
}
