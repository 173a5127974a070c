package io.odin.persistence.execution;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Payload;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Feeds a transaction to SHA-256, field by field. Every text and every collection is preceded by
 * its length and every optional value by a mark, so that different transactions never feed the same
 * bytes.
 */
final class ContentHash {

  private final MessageDigest digest;
  // A digest takes one large piece sooner than hundreds of single words.
  private final ByteBuffer pending = ByteBuffer.allocate(4096);

  private ContentHash(MessageDigest digest) {
    this.digest = digest;
  }

  static Bytes of(WorkflowTransaction transaction) {
    try {
      ContentHash hash = new ContentHash(MessageDigest.getInstance("SHA-256"));
      hash.add(transaction);
      hash.flush();
      return Bytes.copyOf(hash.digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void add(WorkflowTransaction transaction) {
    add(transaction.shard().shardId());
    add(transaction.namespace().value());
    all(transaction.changes(), this::add);
    all(transaction.queryCompletions(), this::add);
    all(transaction.tasks(), this::add);
    optional(transaction.taskCompletion(), this::add);
    optional(transaction.scheduleAdvance(), this::add);
  }

  private void add(RunChange change) {
    add(change.key().workflowId());
    add(change.key().runId());
    add(change.state());
    all(change.history(), this::add);
    all(change.timers(), this::add);
    optional(change.visibility(), this::add);
    optional(change.tags(), this::add);
    switch (change) {
      case CreateRun create -> {
        add(1);
        add(create.mode());
        add(create.definition());
        all(create.signals(), this::add);
      }
      case UpdateRun update -> {
        add(2);
        add(update.expectedVersion());
        add(update.mode().name());
        all(update.timersDeleted(), this::add);
        all(update.signalsConsumed(), this::add);
        add(update.signalsSeen());
        optional(update.signalsCarriedTo().map(RunKey::runId), this::add);
        optional(update.becomesCurrent(), this::add);
      }
    }
  }

  private void add(CreateMode mode) {
    switch (mode) {
      case CreateMode.BrandNew brandNew -> add(1);
      case CreateMode.ReplaceClosed replace -> {
        add(2);
        add(replace.previousRunId());
      }
      case CreateMode.BypassCurrent bypass -> add(3);
      case CreateMode.ByPolicy policy -> {
        add(4);
        add(policy.whenClosed().name());
        add(policy.whenOpen());
      }
    }
  }

  private void add(OpenRunPolicy policy) {
    switch (policy) {
      case OpenRunPolicy.Fail fail -> add(1);
      case OpenRunPolicy.UseExisting use -> add(2);
      case OpenRunPolicy.TerminateExisting terminate -> {
        add(3);
        add(terminate.eventType());
        add(terminate.at());
        add(terminate.eventData());
      }
    }
  }

  private void add(RunDefinition definition) {
    add(definition.workflowType());
    add(definition.taskQueue());
    add(definition.startedAt());
    optional(definition.workflowTimeout(), this::add);
    optional(definition.runTimeout(), this::add);
    optional(definition.taskTimeout(), this::add);
    optional(definition.retryPolicy(), this::add);
    optional(definition.cronSchedule(), this::add);
    optional(
        definition.parent(),
        parent -> {
          add(parent.workflowId());
          add(parent.runId());
          add(parent.initiatedEventId());
        });
    optional(definition.startRequestId(), this::add);
    optional(
        definition.base(),
        base -> {
          add(base.runId());
          add(base.lastEventId());
        });
  }

  private void add(RunState state) {
    add(state.state().value());
    add(state.executionState().toByteArray());
    add(state.lastProcessedEventId());
    add(state.completionEventId().orElse(-1));
    add(state.memo());
    add(state.searchAttributes());
    add(state.autoResetPoints());
    optional(state.completedAt(), this::add);
  }

  private void add(HistoryEvent event) {
    add(event.eventId());
    add(event.eventType());
    add(event.timestamp());
    add(event.taskId());
    add(event.version());
    add(event.data());
  }

  private void add(TimerUpsert timer) {
    add(timer.timerId());
    add(timer.fireAt());
    add(timer.data());
  }

  private void add(TimerDelete timer) {
    add(timer.timerId());
    optional(timer.firedAt(), this::add);
  }

  private void add(NewSignal signal) {
    add(signal.signalId());
    add(signal.name());
    add(signal.input());
  }

  private void add(QueryCompletion completion) {
    add(completion.query().run().workflowId());
    add(completion.query().run().runId());
    add(completion.query().queryId());
    switch (completion.answer()) {
      case QueryAnswer.Result result -> {
        add(1);
        add(result.value());
      }
      case QueryAnswer.Failed failed -> {
        add(2);
        add(failed.message());
      }
    }
  }

  private void add(VisibilityRecord visibility) {
    add(visibility.workflowType());
    add(visibility.taskQueue());
    add(visibility.state().value());
    optional(visibility.status(), this::add);
    add(visibility.startTime());
    add(visibility.executionTime());
    optional(visibility.closeTime(), this::add);
    add(visibility.historyLength());
    add(visibility.stateTransitionCount());
    add(visibility.memo());
    add(visibility.searchAttributes().json());
    optional(
        visibility.parent(),
        parent -> {
          add(parent.workflowId());
          add(parent.runId());
        });
  }

  private void add(Tags tags) {
    add(tags.values().size());
    tags.values()
        .forEach(
            (key, value) -> {
              add(key);
              add(value);
            });
  }

  private void add(NewTask task) {
    add(task.queue().name());
    add(task.queue().type().value());
    add(task.run().workflowId());
    add(task.run().runId());
    add(task.data());
    optional(
        task.taskId().isPresent() ? Optional.of(task.taskId().getAsLong()) : Optional.empty(),
        this::add);
    add(task.priority());
    add(task.delay());
    optional(task.expiresAfter(), this::add);
  }

  private void add(TaskLease lease) {
    TaskKey task = lease.task();
    add(task.queue().name());
    add(task.queue().type().value());
    add(task.taskId());
    add(lease.leaseId());
  }

  private void add(ScheduleLease lease) {
    add(lease.schedule().scheduleId());
    add(lease.leaseId());
    add(lease.dueAt());
    optional(lease.nextDueAt(), this::add);
  }

  private <T> void all(Collection<T> items, Consumer<T> adder) {
    add(items.size());
    items.forEach(adder);
  }

  // Optional is what the records hold; a parameter of this type saves unwrapping at every call.
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private <T> void optional(Optional<T> value, Consumer<T> adder) {
    add(value.isPresent() ? 1 : 0);
    value.ifPresent(adder);
  }

  private void add(Payload payload) {
    switch (payload) {
      case Json json -> add(json.canonicalText());
      case Bytes bytes -> {
        // No text has this length.
        add(-1);
        add(bytes.toByteArray());
      }
    }
  }

  private void add(Instant instant) {
    add(instant.getEpochSecond());
    add(instant.getNano());
  }

  private void add(Duration duration) {
    add(duration.getSeconds());
    add(duration.getNano());
  }

  private void add(UUID id) {
    add(id.getMostSignificantBits());
    add(id.getLeastSignificantBits());
  }

  private void add(String text) {
    add(text.getBytes(StandardCharsets.UTF_8));
  }

  private void add(byte[] bytes) {
    add(bytes.length);
    if (bytes.length <= pending.remaining()) {
      pending.put(bytes);
    } else {
      flush();
      digest.update(bytes);
    }
  }

  private void add(long number) {
    if (pending.remaining() < Long.BYTES) {
      flush();
    }
    pending.putLong(number);
  }

  private void flush() {
    digest.update(pending.flip());
    pending.clear();
  }
}
