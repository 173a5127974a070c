package io.odin.persistence.spi;

import io.odin.persistence.Limits;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Utf8;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.util.List;
import java.util.Optional;

/**
 * The size of a request, as it counts against {@link Limits#requestBytes()}: the sum of its parts.
 * A part is a run, an event, a timer to set or to remove, a signal to receive or to consume, a
 * visibility record, a tag, an answer or a task. It counts its payloads, its texts in UTF-8, the
 * workflow id of its run, which every row has, and {@link Limits#PART_BYTES} for all else.
 */
public final class RequestSize {

  private RequestSize() {}

  /** The size of a transaction, in bytes. */
  public static long of(WorkflowTransaction transaction) {
    long bytes = of(transaction.tasks());
    for (RunChange change : transaction.changes()) {
      bytes += of(change);
    }
    for (QueryCompletion completion : transaction.queryCompletions()) {
      bytes += part(completion.query().run()) + of(completion.answer());
    }
    return bytes;
  }

  /** The size of tasks, in bytes. */
  public static long of(List<NewTask> tasks) {
    long bytes = 0;
    for (NewTask task : tasks) {
      bytes += part(task.run()) + Utf8.length(task.queue().name()) + task.data().size();
    }
    return bytes;
  }

  private static long part(RunKey run) {
    return Limits.PART_BYTES + Utf8.length(run.workflowId());
  }

  private static long of(RunChange change) {
    long part = part(change.key());
    long bytes = part + of(change.state());
    for (HistoryEvent event : change.history()) {
      bytes += part + Utf8.length(event.eventType()) + event.data().size();
    }
    for (TimerUpsert timer : change.timers()) {
      bytes += part + Utf8.length(timer.timerId()) + timer.data().size();
    }
    bytes += change.visibility().map(record -> part + of(record)).orElse(0L);
    bytes += change.tags().map(tags -> of(tags, part)).orElse(0L);
    return bytes
        + switch (change) {
          case CreateRun create -> ofCreation(create, part);
          case UpdateRun update -> ofUpdate(update, part);
        };
  }

  private static long ofCreation(CreateRun create, long part) {
    long bytes = of(create.definition());
    for (NewSignal signal : create.signals()) {
      bytes +=
          part
              + Utf8.length(signal.signalId())
              + Utf8.length(signal.name())
              + signal.input().size();
    }
    if (create.mode() instanceof CreateMode.ByPolicy policy
        && policy.whenOpen() instanceof OpenRunPolicy.TerminateExisting terminate) {
      bytes += part + Utf8.length(terminate.eventType()) + terminate.eventData().size();
    }
    return bytes;
  }

  private static long ofUpdate(UpdateRun update, long part) {
    long bytes = 0;
    for (TimerDelete timer : update.timersDeleted()) {
      bytes += part + Utf8.length(timer.timerId());
    }
    for (String signalId : update.signalsConsumed()) {
      bytes += part + Utf8.length(signalId);
    }
    return bytes;
  }

  private static long of(RunDefinition definition) {
    return Utf8.length(definition.workflowType())
        + Utf8.length(definition.taskQueue())
        + text(definition.cronSchedule())
        + text(definition.startRequestId())
        + text(definition.parent().map(parent -> parent.workflowId()))
        + definition.retryPolicy().map(Json::size).orElse(0L);
  }

  private static long of(RunState state) {
    return state.executionState().size()
        + state.memo().size()
        + state.searchAttributes().size()
        + state.autoResetPoints().size();
  }

  private static long of(VisibilityRecord record) {
    return Utf8.length(record.workflowType())
        + Utf8.length(record.taskQueue())
        + text(record.status())
        + text(record.parent().map(RunKey::workflowId))
        + record.memo().size()
        + record.searchAttributes().json().size();
  }

  private static long of(Tags tags, long part) {
    long bytes = 0;
    for (var tag : tags.values().entrySet()) {
      bytes += part + Utf8.length(tag.getKey()) + Utf8.length(tag.getValue());
    }
    return bytes;
  }

  private static long of(QueryAnswer answer) {
    return switch (answer) {
      case QueryAnswer.Result result -> result.value().size();
      case QueryAnswer.Failed failed -> Utf8.length(failed.message());
    };
  }

  // Optional is what the records hold; a parameter of this type saves unwrapping at every call.
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private static long text(Optional<String> text) {
    return text.map(Utf8::length).orElse(0L);
  }
}
