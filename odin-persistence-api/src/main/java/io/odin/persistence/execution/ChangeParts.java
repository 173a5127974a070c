package io.odin.persistence.execution;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.visibility.VisibilityRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks that all changes of runs share. */
final class ChangeParts {

  private ChangeParts() {}

  static List<HistoryEvent> contiguous(List<HistoryEvent> events) {
    long first = events.isEmpty() ? 0 : Require.nonNull("history", events.getFirst()).eventId();
    for (int i = 0; i < events.size(); i++) {
      long eventId = Require.nonNull("history", events.get(i)).eventId();
      long expected = first + i;
      Require.that(
          eventId == expected,
          "history",
          () ->
              "continues with event "
                  + eventId
                  + " where "
                  + expected
                  + " is due: ids rise by one");
    }
    return List.copyOf(events);
  }

  static List<TimerUpsert> distinctTimers(List<TimerUpsert> timers) {
    Set<String> ids = new HashSet<>();
    for (TimerUpsert timer : timers) {
      requireFirst(ids, Require.nonNull("timers", timer).timerId());
    }
    return List.copyOf(timers);
  }

  static List<TimerDelete> distinctDeletes(List<TimerDelete> deletes, List<TimerUpsert> upserts) {
    Set<String> ids = new HashSet<>();
    upserts.forEach(timer -> ids.add(timer.timerId()));
    for (TimerDelete timer : deletes) {
      requireFirst(ids, Require.nonNull("timersDeleted", timer).timerId());
    }
    return List.copyOf(deletes);
  }

  static List<String> distinctSignals(List<String> signalIds) {
    Set<String> ids = new HashSet<>();
    for (String id : signalIds) {
      Require.that(
          ids.add(Require.id("signalId", id)),
          "signalsConsumed",
          () -> "name signal " + id + " twice: consume it once");
    }
    return List.copyOf(signalIds);
  }

  static List<NewSignal> distinctNewSignals(List<NewSignal> signals) {
    Set<String> ids = new HashSet<>();
    for (NewSignal signal : signals) {
      String id = Require.nonNull("signals", signal).signalId();
      Require.that(ids.add(id), "signals", () -> "name signal " + id + " twice: give it once");
    }
    return List.copyOf(signals);
  }

  static @Nullable VisibilityRecord visibilityOf(
      RunKey run, RunState state, @Nullable VisibilityRecord record) {
    if (record == null) {
      return null;
    }
    Require.that(
        record.run().equals(run),
        "visibility",
        "is of another run: a change shows the run that it changes");
    requireNone(record.contradiction(state.state(), state.completedAt()));
    return record;
  }

  static void requireDefinition(RunDefinition definition, VisibilityRecord record) {
    requireNone(
        record.contradiction(
            definition.workflowType(), definition.taskQueue(), definition.startedAt()));
  }

  private static void requireNone(Optional<String> contradiction) {
    Require.that(contradiction.isEmpty(), "visibility", () -> contradiction.orElse(""));
  }

  private static void requireFirst(Set<String> ids, String timerId) {
    Require.that(
        ids.add(timerId),
        "timers",
        () -> "name timer " + timerId + " twice: set it or remove it, once");
  }
}
