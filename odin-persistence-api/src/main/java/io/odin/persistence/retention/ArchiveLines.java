package io.odin.persistence.retention;

import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Payload;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The lines of an archived run: JSON objects whose first member is their type. */
final class ArchiveLines {

  private static final String EVENT = ArchiveLine.prefix("event");

  private ArchiveLines() {}

  static String run(ArchivedRun run) {
    RunDefinition definition = run.definition();
    RunState state = run.state();
    return ArchiveLine.of("run")
        .number("format", 1)
        .text("namespaceId", run.key().namespace().value().toString())
        .text("workflowId", run.key().workflowId())
        .text("runId", run.key().runId().toString())
        .text("workflowType", definition.workflowType())
        .text("taskQueue", definition.taskQueue())
        .instant("startedAt", definition.startedAt())
        .number("workflowTimeoutSeconds", seconds(definition.workflowTimeout()))
        .number("runTimeoutSeconds", seconds(definition.runTimeout()))
        .number("taskTimeoutSeconds", seconds(definition.taskTimeout()))
        .json("retryPolicy", definition.retryPolicy())
        .text("cronSchedule", definition.cronSchedule())
        .text("parentWorkflowId", definition.parent().map(ParentLink::workflowId))
        .text("parentRunId", definition.parent().map(parent -> parent.runId().toString()))
        .number("parentEventId", initiated(definition.parent()))
        .text("startRequestId", definition.startRequestId())
        .text("baseRunId", definition.base().map(base -> base.runId().toString()))
        .number("baseEventId", lastShared(definition.base()))
        .text("state", state.state().value())
        .bytes("executionState", state.executionState())
        .number("lastProcessedEventId", state.lastProcessedEventId())
        .number("completionEventId", state.completionEventId())
        .json("memo", state.memo())
        .json("searchAttributes", state.searchAttributes())
        .json("autoResetPoints", state.autoResetPoints())
        .instant("completedAt", state.completedAt())
        .end();
  }

  static ArchivedRun readRun(String text) {
    ArchiveLineReader line = new ArchiveLineReader(text);
    Require.that(
        line.number("format") == 1, "format", "is not 1: a newer version has written the archive");
    RunDefinition definition =
        new RunDefinition(
            line.text("workflowType"),
            line.text("taskQueue"),
            line.instant("startedAt"),
            line.optionalNumber("workflowTimeoutSeconds").map(Duration::ofSeconds),
            line.optionalNumber("runTimeoutSeconds").map(Duration::ofSeconds),
            line.optionalNumber("taskTimeoutSeconds").map(Duration::ofSeconds),
            line.optionalJson("retryPolicy"),
            line.optionalText("cronSchedule"),
            line.optionalText("parentWorkflowId").map(parent -> parent(parent, line)),
            line.optionalText("startRequestId"),
            line.optionalText("baseRunId").map(base -> base(base, line)));
    RunState state =
        new RunState(
            WorkflowState.of(line.text("state")),
            line.bytes("executionState"),
            line.number("lastProcessedEventId"),
            line.optionalNumber("completionEventId")
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty),
            line.json("memo"),
            line.json("searchAttributes"),
            line.json("autoResetPoints"),
            line.optionalInstant("completedAt"));
    RunKey key =
        new RunKey(
            new NamespaceId(UUID.fromString(line.text("namespaceId"))),
            line.text("workflowId"),
            UUID.fromString(line.text("runId")));
    return new ArchivedRun(key, definition, state);
  }

  static String event(HistoryEvent event) {
    return event(event, event.data());
  }

  /** The line that equal events share, with its end. */
  static String canonicalEvent(HistoryEvent event) {
    Payload canonical =
        switch (event.data()) {
          case Json json -> Json.stored(json.canonicalText());
          case Bytes bytes -> bytes;
        };
    return event(event, canonical) + '\n';
  }

  private static String event(HistoryEvent event, Payload data) {
    return ArchiveLine.of("event")
        .number("eventId", event.eventId())
        .text("eventType", event.eventType())
        .instant("timestamp", event.timestamp())
        .number("taskId", event.taskId())
        .number("version", event.version())
        .payload("data", data)
        .end();
  }

  static boolean isEvent(String line) {
    return line.startsWith(EVENT);
  }

  static HistoryEvent readEvent(String text) {
    ArchiveLineReader line = new ArchiveLineReader(text);
    return new HistoryEvent(
        line.number("eventId"),
        line.text("eventType"),
        line.instant("timestamp"),
        line.number("taskId"),
        line.number("version"),
        line.payload("data"));
  }

  static String end(long events, String sha256) {
    return ArchiveLine.of("end").number("events", events).text("sha256", sha256).end();
  }

  private static OptionalLong seconds(Optional<Duration> duration) {
    return duration.stream().mapToLong(Duration::toSeconds).findFirst();
  }

  private static OptionalLong lastShared(Optional<BaseRun> base) {
    return base.stream().mapToLong(BaseRun::lastEventId).findFirst();
  }

  private static OptionalLong initiated(Optional<ParentLink> parent) {
    return parent.stream().mapToLong(ParentLink::initiatedEventId).findFirst();
  }

  private static BaseRun base(String runId, ArchiveLineReader line) {
    return new BaseRun(UUID.fromString(runId), line.number("baseEventId"));
  }

  private static ParentLink parent(String workflowId, ArchiveLineReader line) {
    return new ParentLink(
        workflowId, UUID.fromString(line.text("parentRunId")), line.number("parentEventId"));
  }
}
