package io.odin.persistence.cli.demo.audit;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.audit.Findings.Checked;
import io.odin.persistence.cli.demo.audit.Findings.Kind;
import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderEvent;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Checks that an order was reset as often as it had to be, and that each run that has a base begins
 * with the base's history. Thread-safe.
 */
final class ResetAudit {

  private final Persistence persistence;
  private final Findings findings;

  ResetAudit(Persistence persistence, Findings findings) {
    this.persistence = persistence;
    this.findings = findings;
  }

  /** The runs that others have as their base: these continue the order. */
  static Set<UUID> basesOf(List<AuditedRun> runs) {
    return runs.stream()
        .flatMap(run -> run.summary().base().stream())
        .map(BaseRun::runId)
        .collect(Collectors.toSet());
  }

  /**
   * Checks the resets of an order.
   *
   * @param runs all of its runs
   */
  void check(Order order, List<AuditedRun> runs) {
    Map<UUID, AuditedRun> byId =
        runs.stream().collect(Collectors.toMap(run -> run.summary().key().runId(), run -> run));
    List<AuditedRun> resets =
        runs.stream().filter(run -> run.summary().base().isPresent()).toList();
    findings.exactly(order.resets(), resets.size(), order.id() + ": reset");
    for (AuditedRun reset : resets) {
      findings.checked(Checked.RESETS, 1);
      BaseRun link = reset.summary().base().orElseThrow();
      Optional.ofNullable(byId.get(link.runId()))
          .ifPresentOrElse(
              base -> compare(base, link, reset),
              () -> findings.add(Kind.LOST, link.runId() + ", which was reset, is not stored"));
    }
  }

  private void compare(AuditedRun base, BaseRun link, AuditedRun reset) {
    RunKey run = reset.summary().key();
    if (base.summary().state() != WorkflowState.TERMINATED) {
      findings.add(Kind.FAULT, base.summary().key() + " was reset and not terminated");
    }
    Optional<BaseRun> stored =
        persistence
            .executions()
            .find(run)
            .flatMap(snapshot -> snapshot.execution().definition().base());
    if (!stored.equals(Optional.of(link))) {
      findings.add(Kind.FAULT, run + " is listed with the base " + link + ", and has " + stored);
    }
    int shared = Math.toIntExact(link.lastEventId());
    if (reset.history().size() <= shared
        || !begin(reset, shared).equals(begin(base, shared))
        || !isResetOf(base, reset.history().get(shared))) {
      findings.add(Kind.LOST, run + " does not begin with the history of its base");
    }
    Map<String, Integer> signals = new TreeMap<>(reset.whole().signals());
    reset.whole().signalsReapplied().forEach((id, n) -> signals.merge(id, n, Integer::sum));
    for (String signal : base.whole().signals().keySet()) {
      findings.exactly(1, signals.getOrDefault(signal, 0), run + ": signal " + signal);
    }
  }

  private static List<HistoryEvent> begin(AuditedRun run, int events) {
    return run.history().subList(0, Math.min(events, run.history().size()));
  }

  private static boolean isResetOf(AuditedRun base, HistoryEvent event) {
    return event.eventType().equals(OrderEvent.RESET)
        && DemoJson.read(event.data())
            .required("base")
            .asText()
            .equals(base.summary().key().runId().toString());
  }
}
