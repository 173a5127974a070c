package io.odin.persistence.cli.demo.audit;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.audit.Findings.Checked;
import io.odin.persistence.cli.demo.audit.Findings.Kind;
import io.odin.persistence.cli.demo.engine.Histories;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderProgress;
import io.odin.persistence.cli.demo.order.OrderVisibility;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.history.HistoryFault;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.util.List;
import java.util.Optional;

/** Compares what the stores hold of one run. Thread-safe. */
final class RunAudit {

  private final Persistence persistence;
  private final Histories histories;
  private final Findings findings;

  RunAudit(Persistence persistence, Findings findings) {
    this.persistence = persistence;
    histories = new Histories(persistence.history());
    this.findings = findings;
  }

  /** Checks a run; returns its progress, as its history shows it. */
  OrderProgress check(RunSummary run) {
    List<HistoryEvent> history = histories.read(run.key());
    OrderProgress progress = OrderProgress.of(history);
    findings.run(run.state());
    findings.checked(Checked.EVENTS, history.size());
    history(run.key(), history.size());
    signals(run.key(), progress);
    visibility(run, history.size(), progress);
    return progress;
  }

  private void history(RunKey run, int read) {
    for (HistoryFault fault : persistence.history().validate(run)) {
      findings.add(Kind.FAULT, run + ": history " + fault);
    }
    long size = persistence.history().size(run).count();
    if (size != read) {
      findings.add(Kind.FAULT, run + ": " + read + " events, its execution row has " + size);
    }
  }

  /** Each signal that a run has received must be in its history once, and none may be pending. */
  private void signals(RunKey run, OrderProgress progress) {
    long inHistory = progress.signals().values().stream().mapToInt(count -> count).sum();
    findings.checked(Checked.SIGNALS, inHistory);
    findings.checked(Checked.SIGNALED_RUNS, inHistory > 0 ? 1 : 0);
    progress.signals().entrySet().stream()
        .filter(signal -> signal.getValue() > 1)
        .forEach(signal -> findings.add(Kind.TWICE, run + ": signal " + signal.getKey()));
    Optional<RunSnapshot> stored = persistence.executions().find(run);
    long received = stored.map(snapshot -> snapshot.execution().signalsReceived()).orElse(0L);
    if (received > inHistory) {
      findings.add(Kind.LOST, run + " received " + received + " signals and consumed " + inHistory);
    }
    stored.stream()
        .flatMap(snapshot -> snapshot.signals().stream())
        .forEach(signal -> findings.add(Kind.LOST, run + ": " + signal.signalId() + " is pending"));
  }

  private void visibility(RunSummary run, int events, OrderProgress progress) {
    Optional<VisibilityRecord> record = persistence.visibility().find(run.key());
    if (record.isEmpty()) {
      findings.add(Kind.LOST, run.key() + " has no visibility record");
      return;
    }
    WorkflowState shown = record.get().state();
    if (shown != run.state() || record.get().historyLength() != events) {
      findings.add(
          Kind.FAULT,
          "%s is %s with %d events, its visibility record has %s with %d"
              .formatted(
                  run.key(),
                  run.state().value(),
                  events,
                  shown.value(),
                  record.get().historyLength()));
    }
    Order order = progress.input().order();
    Tags wanted =
        progress.signals().isEmpty()
            ? OrderVisibility.tags(order)
            : OrderVisibility.expeditedTags(order);
    Tags tags = persistence.visibility().tags(run.key());
    if (!tags.equals(wanted)) {
      findings.add(Kind.FAULT, run.key() + " has " + tags + ", not " + wanted);
    }
  }
}
