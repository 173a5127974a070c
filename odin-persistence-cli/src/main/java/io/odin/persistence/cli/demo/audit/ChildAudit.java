package io.odin.persistence.cli.demo.audit;

import io.odin.persistence.cli.demo.audit.Findings.Checked;
import io.odin.persistence.cli.demo.audit.Findings.Kind;
import io.odin.persistence.cli.demo.engine.DemoContext;
import io.odin.persistence.cli.demo.engine.Pages;
import io.odin.persistence.cli.demo.engine.ShardDirectory;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that an order has started its children, each one once, and has heard once of the end of
 * each. Thread-safe.
 */
final class ChildAudit {

  private final DemoContext context;
  private final Findings findings;

  ChildAudit(DemoContext context, Findings findings) {
    this.context = context;
    this.findings = findings;
  }

  /**
   * Checks the children of an order.
   *
   * @param runs all runs of the order
   * @return the children, which are to be checked as the orders that they are
   */
  List<Order> check(Order order, List<AuditedRun> runs) {
    Map<String, Integer> heard = new HashMap<>();
    runs.forEach(
        run -> run.own().childrenEnded().forEach((id, n) -> heard.merge(id, n, Integer::sum)));
    List<Order> children =
        runs.stream()
            .flatMap(run -> run.own().children().values().stream())
            .map(order::delivery)
            .toList();
    findings.checked(Checked.CHILDREN, children.size());
    findings.exactly(order.children(), children.size(), order.id() + ": child");
    for (Order child : children) {
      Integer ends = heard.remove(child.id());
      findings.exactly(1, ends == null ? 0 : ends, order.id() + ": end of child " + child.id());
      ShardDirectory shards = context.shards();
      if (shards.shardOf(child.id()) == shards.shardOf(order.id()) && shards.size() > 1) {
        findings.add(Kind.FAULT, child.id() + " is in the shard of its parent");
      }
    }
    heard.keySet().forEach(id -> findings.add(Kind.TWICE, order.id() + " heard of " + id));
    runs.forEach(this::links);
    return children;
  }

  /** Each event that started a child must have one run, and each child must have such an event. */
  private void links(AuditedRun run) {
    RunKey parent = run.summary().key();
    Map<ParentLink, Integer> stored = new HashMap<>();
    for (RunSummary child :
        Pages.all(page -> context.persistence().executions().listChildren(parent, page))) {
      stored.merge(child.parent().orElseThrow(), 1, Integer::sum);
    }
    run.own()
        .children()
        .forEach(
            (eventId, id) -> {
              ParentLink link = new ParentLink(parent.workflowId(), parent.runId(), eventId);
              Integer started = stored.remove(link);
              findings.exactly(1, started == null ? 0 : started, "run of child " + id);
            });
    stored.keySet().forEach(link -> findings.add(Kind.TWICE, link + " has a child unasked"));
  }
}
