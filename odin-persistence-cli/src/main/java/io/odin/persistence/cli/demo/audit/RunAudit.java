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
import io.odin.persistence.run.BaseRun;
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

  /** Checks a run, and returns it as it is stored. */
  AuditedRun check(RunSummary run) {
    List<HistoryEvent> history = histories.read(run.key());
    OrderProgress whole = OrderProgress.of(history);
    long copied = run.base().map(BaseRun::lastEventId).orElse(0L);
    findings.run(run.state());
    findings.checked(Checked.EVENTS, history.size());
    history(run.key(), history.size());
    visibility(run, history.size(), whole);
    return new AuditedRun(
        run, history, whole, OrderProgress.since(copied, history), signalsReceived(run.key()));
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

  /** The number of signals that a run has received, of which none may be pending. */
  private long signalsReceived(RunKey run) {
    Optional<RunSnapshot> stored = persistence.executions().find(run);
    stored.stream()
        .flatMap(snapshot -> snapshot.signals().stream())
        .forEach(signal -> findings.add(Kind.LOST, run + ": " + signal.signalId() + " is pending"));
    return stored.map(snapshot -> snapshot.execution().signalsReceived()).orElse(0L);
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
        progress.isExpedited() ? OrderVisibility.expeditedTags(order) : OrderVisibility.tags(order);
    Tags tags = persistence.visibility().tags(run.key());
    if (!tags.equals(wanted)) {
      findings.add(Kind.FAULT, run.key() + " has " + tags + ", not " + wanted);
    }
  }
}
