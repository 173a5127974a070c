package io.odin.persistence.cli.torture;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.engine.Pages;
import io.odin.persistence.cli.torture.Calls.Answer;
import io.odin.persistence.cli.torture.Calls.Answer.Applied;
import io.odin.persistence.cli.torture.Calls.Answer.Refused;
import io.odin.persistence.cli.torture.Ledger.Verdict;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.signal.SignalReceipt;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was reported to the writers of one run. Its events are recorded by one thread, its signals
 * by many.
 */
final class RunLedger {

  private static final String SIGNALED = "signaled-";

  private final RunKey key;
  private final List<String> reported = new ArrayList<>(List.of("started"));
  private final Map<String, Long> signals = new ConcurrentHashMap<>();
  private final Set<String> refusedSignals = ConcurrentHashMap.newKeySet();
  private long version = 1;
  private long nextEventId = 2;

  RunLedger(RunKey key) {
    this.key = key;
  }

  /** The first event of every run. */
  static HistoryEvent started() {
    return new HistoryEvent(1, "started", now(), Json.emptyObject());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  RunKey key() {
    return key;
  }

  long version() {
    return version;
  }

  long events() {
    return reported.size();
  }

  long signals() {
    return signals.size();
  }

  /** Events for the next commit: one for each signal, and some with numbers that no other has. */
  List<HistoryEvent> next(List<WorkflowSignal> received, int count, AtomicLong numbers) {
    List<HistoryEvent> events = new ArrayList<>();
    for (WorkflowSignal signal : received) {
      events.add(event(events.size(), SIGNALED + signal.signalId()));
    }
    for (int i = 0; i < count; i++) {
      events.add(event(events.size(), "number-" + numbers.incrementAndGet()));
    }
    return events;
  }

  private HistoryEvent event(int offset, String type) {
    return new HistoryEvent(nextEventId + offset, type, now(), Json.emptyObject());
  }

  /** A commit with these events was applied. */
  void applied(List<HistoryEvent> events) {
    events.forEach(event -> reported.add(event.eventType()));
    version++;
    nextEventId += events.size();
  }

  /** Goes on from what is stored, after a contradiction was recorded. */
  void reload(ExecutionStore executions, Calls calls) {
    WorkflowExecution stored =
        calls.read("find", () -> executions.find(key)).orElseThrow().execution();
    version = stored.version();
    nextEventId = stored.nextEventId();
  }

  /** What was reported to the sender of a signal. */
  void signaled(String signalId, Answer<SignalReceipt> answer) {
    switch (answer) {
      case Applied<SignalReceipt>(SignalReceipt receipt) ->
          signals.put(signalId, receipt.sequence());
      case Refused<SignalReceipt> refusal -> refusedSignals.add(signalId);
    }
  }

  /** Compares it with what is stored. */
  void audit(Persistence persistence, Calls calls, Ledger ledger) {
    List<String> stored =
        calls
            .read(
                "history",
                () -> Pages.all(page -> persistence.history().read(key, EventRange.all(), page)))
            .stream()
            .map(HistoryEvent::eventType)
            .toList();
    if (!calls.read("validate", () -> persistence.history().validate(key)).isEmpty()) {
      ledger.found(Verdict.GAP, "the history of " + key + " is not complete");
    }
    if (!stored.equals(reported)) {
      compare(stored, ledger);
    }
    List<WorkflowSignal> pending =
        calls.read("pending", () -> Pages.all(page -> persistence.signals().pending(key, page)));
    auditSignals(pending, stored, ledger);
  }

  private void compare(List<String> stored, Ledger ledger) {
    Map<String, Integer> counts = counts(stored);
    for (String event : reported) {
      if (!counts.containsKey(event)) {
        ledger.found(Verdict.LOST, "event " + event + " of " + key);
      }
    }
    counts.forEach(
        (event, count) -> {
          if (count > 1) {
            ledger.found(Verdict.REPEATED, "event " + event + " of " + key);
          }
        });
    Set<String> known = Set.copyOf(reported);
    for (String event : stored) {
      if (!known.contains(event)) {
        ledger.found(
            Verdict.WRONG_OUTCOME, "event " + event + " of " + key + " was refused, and is stored");
      }
    }
  }

  private static Map<String, Integer> counts(List<String> events) {
    Map<String, Integer> counts = new HashMap<>();
    events.forEach(event -> counts.merge(event, 1, Integer::sum));
    return counts;
  }

  private void auditSignals(List<WorkflowSignal> pending, List<String> stored, Ledger ledger) {
    Map<String, Integer> counts = counts(stored);
    for (WorkflowSignal signal : pending) {
      counts.merge(SIGNALED + signal.signalId(), 1, Integer::sum);
    }
    signals
        .keySet()
        .forEach(
            signal -> {
              int count = counts.getOrDefault(SIGNALED + signal, 0);
              if (count != 1) {
                ledger.found(
                    count == 0 ? Verdict.LOST : Verdict.REPEATED,
                    "signal " + signal + " to " + key);
              }
            });
    for (String signal : refusedSignals) {
      if (counts.containsKey(SIGNALED + signal)) {
        ledger.found(
            Verdict.WRONG_OUTCOME,
            "signal " + signal + " to " + key + " was refused, and received");
      }
    }
    if (Set.copyOf(signals.values()).size() != signals.size()) {
      ledger.found(Verdict.REPEATED, "a sequence number of the signals to " + key);
    }
  }
}
