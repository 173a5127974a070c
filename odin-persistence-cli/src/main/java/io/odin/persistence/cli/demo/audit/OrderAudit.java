package io.odin.persistence.cli.demo.audit;

import io.odin.persistence.cli.demo.audit.Findings.Checked;
import io.odin.persistence.cli.demo.audit.Findings.Kind;
import io.odin.persistence.cli.demo.engine.DemoContext;
import io.odin.persistence.cli.demo.engine.Pages;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderKind;
import io.odin.persistence.cli.demo.order.OrderProgress;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.run.WorkflowState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Compares what the database holds of an order with what the order demands. Thread-safe. */
final class OrderAudit {

  private final DemoContext context;
  private final Findings findings;
  private final RunAudit runAudit;
  private final SignalAudit signals;
  private final ResetAudit resets;
  private final ChildAudit children;

  OrderAudit(DemoContext context, Findings findings) {
    this.context = context;
    this.findings = findings;
    runAudit = new RunAudit(context.persistence(), findings);
    signals = new SignalAudit(findings);
    resets = new ResetAudit(context.persistence(), findings);
    children = new ChildAudit(context, findings);
  }

  /** Checks one order: its runs, their histories, each effect in them, and its children. */
  void check(Order order) {
    // They are listed with the latest first.
    List<AuditedRun> runs =
        Pages.all(
                page ->
                    context
                        .persistence()
                        .executions()
                        .listRuns(new WorkflowKey(context.namespace(), order.id()), page))
            .reversed()
            .stream()
            .map(runAudit::check)
            .toList();
    findings.order(order.kind());
    if (runs.isEmpty()) {
      findings.add(Kind.LOST, order.id() + " was never started");
      return;
    }
    Map<String, Integer> completions = new HashMap<>();
    Map<String, Integer> firings = new HashMap<>();
    int starts = 0;
    for (AuditedRun run : runs) {
      OrderProgress own = run.own();
      own.completions().forEach((id, count) -> completions.merge(id, count, Integer::sum));
      own.firings().forEach((id, count) -> firings.merge(id, count, Integer::sum));
      starts += run.summary().base().isEmpty() && own.input().isFirstRun() ? 1 : 0;
    }
    findings.exactly(1, starts, order.id() + ": start");
    ends(order, runs);
    effects(order, completions);
    signals.check(order, runs);
    resets.check(order, runs);
    children.check(order, runs).forEach(this::check);
    for (String timer : order.timers()) {
      findings.exactly(1, firings.getOrDefault(timer, 0), order.id() + ": timer " + timer);
    }
  }

  private void ends(Order order, List<AuditedRun> runs) {
    Set<UUID> bases = ResetAudit.basesOf(runs);
    List<WorkflowState> ends =
        runs.stream()
            .map(AuditedRun::summary)
            .filter(run -> !bases.contains(run.key().runId()))
            .map(RunSummary::state)
            .filter(state -> state.isClosed() && state != WorkflowState.CONTINUED_AS_NEW)
            .toList();
    findings.exactly(1, ends.size(), order.id() + ": end");
    ends.forEach(end -> findings.end(order.kind(), end));
    if (ends.size() == 1 && ends.getFirst() != order.end()) {
      findings.add(
          Kind.LOST,
          order.id() + " ended " + ends.getFirst().value() + ", not " + order.end().value());
    }
    if (runs.size() > order.runs() && order.kind() != OrderKind.CANCELED) {
      findings.add(Kind.TWICE, order.id() + " has " + runs.size() + " runs, not " + order.runs());
    }
    runs.stream()
        .map(AuditedRun::summary)
        .filter(run -> !run.state().isClosed())
        .forEach(run -> findings.add(Kind.LOST, run.key() + " was left open"));
  }

  private void effects(Order order, Map<String, Integer> completions) {
    findings.checked(Checked.EFFECTS, completions.values().stream().mapToInt(count -> count).sum());
    Map<String, Integer> unasked = new HashMap<>(completions);
    for (String activity : order.activities()) {
      int count = completions.getOrDefault(activity, 0);
      unasked.remove(activity);
      int least = order.kind() == OrderKind.CANCELED ? Math.min(1, count) : 1;
      findings.exactly(least, count, order.id() + ": " + activity);
    }
    unasked.forEach(
        (activity, count) -> findings.add(Kind.TWICE, order.id() + ": " + activity + " unasked"));
  }
}
