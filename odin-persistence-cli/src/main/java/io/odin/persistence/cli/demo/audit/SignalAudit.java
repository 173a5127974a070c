package io.odin.persistence.cli.demo.audit;

import io.odin.persistence.cli.demo.audit.Findings.Checked;
import io.odin.persistence.cli.demo.audit.Findings.Kind;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.run.RunKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that each signal that an order has received is in the history of one of its runs, once. A
 * run hands on to the next one what it has not consumed. Thread-safe.
 */
final class SignalAudit {

  private final Findings findings;

  SignalAudit(Findings findings) {
    this.findings = findings;
  }

  /**
   * Checks the signals of an order.
   *
   * @param runs all of its runs, the first one first
   */
  void check(Order order, List<AuditedRun> runs) {
    Map<String, Integer> signals = new HashMap<>();
    long handedOn = 0;
    for (AuditedRun run : runs) {
      RunKey key = run.summary().key();
      long consumed = run.signalsConsumed();
      findings.checked(Checked.SIGNALS, consumed);
      findings.checked(Checked.SIGNALED_RUNS, run.whole().isExpedited() ? 1 : 0);
      findings.checked(Checked.SIGNALS_REAPPLIED, run.own().signalsReapplied().size());
      run.own().signals().forEach((signal, count) -> signals.merge(signal, count, Integer::sum));
      if (run.signalsReceived() < handedOn) {
        findings.add(Kind.LOST, key + " did not get the signals of the run before it");
      }
      handedOn = run.signalsReceived() - consumed;
      findings.checked(Checked.SIGNALS_HANDED_ON, Math.max(0, handedOn));
    }
    if (handedOn > 0) {
      findings.add(Kind.LOST, order.id() + ": " + handedOn + " signals were never consumed");
    }
    signals.entrySet().stream()
        .filter(signal -> signal.getValue() > 1)
        .forEach(signal -> findings.add(Kind.TWICE, order.id() + ": signal " + signal.getKey()));
  }
}
