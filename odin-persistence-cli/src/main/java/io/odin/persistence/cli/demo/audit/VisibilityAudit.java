package io.odin.persistence.cli.demo.audit;

import io.odin.persistence.cli.demo.audit.Findings.Checked;
import io.odin.persistence.cli.demo.audit.Findings.Kind;
import io.odin.persistence.cli.demo.engine.Pages;
import io.odin.persistence.cli.demo.order.OrderVisibility;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.visibility.GroupCount;
import io.odin.persistence.visibility.TagMatch;
import io.odin.persistence.visibility.VisibilityGroup;
import io.odin.persistence.visibility.VisibilityStore;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares the results of queries with the runs that the audit has checked. */
final class VisibilityAudit {

  private final VisibilityStore visibility;
  private final NamespaceId namespace;
  private final Findings findings;

  VisibilityAudit(VisibilityStore visibility, NamespaceId namespace, Findings findings) {
    this.visibility = visibility;
    this.namespace = namespace;
    this.findings = findings;
  }

  void check() {
    Map<String, Long> found =
        visibility
            .countBy(namespace, VisibilityQuery.all(), VisibilityGroup.EXECUTION_STATUS)
            .stream()
            .collect(Collectors.toMap(GroupCount::value, GroupCount::count));
    for (WorkflowState state : WorkflowState.values()) {
      same("runs " + state.value(), findings.runs(state), found.getOrDefault(state.value(), 0L));
    }
    long signaled = findings.checked(Checked.SIGNALED_RUNS);
    same(
        "runs with the attribute of a signal",
        signaled,
        visibility.count(namespace, VisibilityQuery.parse(Searches.EXPEDITED)));
    same(
        "runs with the tag of a signal",
        signaled,
        Pages.all(
                page ->
                    visibility.searchByTags(
                        namespace, OrderVisibility.EXPEDITED_TAG, TagMatch.ALL, page))
            .size());
  }

  private void same(String what, long stored, long found) {
    if (stored != found) {
      findings.add(Kind.FAULT, what + ": " + stored + " are stored, queries find " + found);
    }
  }
}
