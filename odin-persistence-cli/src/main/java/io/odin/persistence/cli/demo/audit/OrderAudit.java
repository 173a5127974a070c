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

/** Compares what the database holds of an order with what the order demands. Thread-safe. */
final class OrderAudit {

  private final DemoContext context;
  private final Findings findings;
  private final RunAudit runAudit;

  OrderAudit(DemoContext context, Findings findings) {
    this.context = context;
    this.findings = findings;
    runAudit = new RunAudit(context.persistence(), findings);
  }

  /** Checks one order: its runs, their histories, and each effect in them. */
  void check(Order order) {
    List<RunSummary> runs =
        Pages.all(
            page ->
                context
                    .persistence()
                    .executions()
                    .listRuns(new WorkflowKey(context.namespace(), order.id()), page));
    findings.order(order.kind());
    if (runs.isEmpty()) {
      findings.add(Kind.LOST, order.id() + " was never started");
      return;
    }
    Map<String, Integer> completions = new HashMap<>();
    Map<String, Integer> firings = new HashMap<>();
    int starts = 0;
    for (RunSummary run : runs) {
      OrderProgress progress = runAudit.check(run);
      progress.completions().forEach((id, count) -> completions.merge(id, count, Integer::sum));
      progress.firings().forEach((id, count) -> firings.merge(id, count, Integer::sum));
      starts += progress.input().isFirstRun() ? 1 : 0;
    }
    exactly(1, starts, order.id() + ": start");
    ends(order, runs);
    effects(order, completions);
    for (String timer : order.timers()) {
      exactly(1, firings.getOrDefault(timer, 0), order.id() + ": timer " + timer);
    }
  }

  private void ends(Order order, List<RunSummary> runs) {
    List<WorkflowState> ends =
        runs.stream()
            .map(RunSummary::state)
            .filter(state -> state.isClosed() && state != WorkflowState.CONTINUED_AS_NEW)
            .toList();
    exactly(1, ends.size(), order.id() + ": end");
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
      exactly(least, count, order.id() + ": " + activity);
    }
    unasked.forEach(
        (activity, count) -> findings.add(Kind.TWICE, order.id() + ": " + activity + " unasked"));
  }

  private void exactly(int wanted, int actual, String what) {
    for (int i = actual; i < wanted; i++) {
      findings.add(Kind.LOST, what + " is missing");
    }
    for (int i = wanted; i < actual; i++) {
      findings.add(Kind.TWICE, what + " is there once more");
    }
  }
}
