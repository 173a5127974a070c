package io.odin.persistence.cli.demo.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.cli.demo.order.OrderVisibility;
import io.odin.persistence.cli.report.Table;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.visibility.GroupCount;
import io.odin.persistence.visibility.TagMatch;
import io.odin.persistence.visibility.VisibilityGroup;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.VisibilityStore;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.util.List;

/**
 * Results of searches in the demo's namespace at the end.
 *
 * @param byStatus how many runs are in which state
 * @param queries what some queries find
 * @param tagged the latest of the runs that customers have expedited, found by their tag
 */
public record Searches(Table byStatus, Table queries, Table tagged) {

  static final String EXPEDITED = "Expedited = true";
  static final String SCHEDULED = "Tag.`kind` = 'scheduled'";

  private static final int MAX_SHOWN = 5;
  private static final List<String> QUERIES =
      List.of(
          EXPEDITED,
          SCHEDULED,
          "ExecutionStatus = 'Failed' AND Amount >= 20",
          "Items = 'tea' AND Items != 'milk'",
          "CustomerId STARTS_WITH 'customer-1' AND CloseTime > now() - '1h'");

  /** Searches a namespace. */
  public static Searches of(VisibilityStore visibility, NamespaceId namespace) {
    Table.Builder byStatus = Table.builder("Visibility, by status", "status", "runs");
    for (GroupCount group :
        visibility.countBy(namespace, VisibilityQuery.all(), VisibilityGroup.EXECUTION_STATUS)) {
      byStatus.cell(group.value()).cell(group.count());
    }
    Table.Builder queries = Table.builder("Visibility, by query", "query", "runs", "latest");
    for (String text : QUERIES) {
      VisibilityQuery query = VisibilityQuery.parse(text);
      queries
          .cell(text)
          .cell(visibility.count(namespace, query))
          .cell(latest(visibility, namespace, query));
    }
    Table.Builder tagged =
        Table.builder(
            "Visibility, by the tag expedited", "workflow_id", "status", "events", "attributes");
    for (VisibilityRecord run :
        visibility
            .searchByTags(
                namespace,
                OrderVisibility.EXPEDITED_TAG,
                TagMatch.ALL,
                PageRequest.first(MAX_SHOWN))
            .items()) {
      tagged
          .cell(run.run().workflowId())
          .cell(run.state().value())
          .cell(run.historyLength())
          .cell(run.searchAttributes().json().text());
    }
    return new Searches(byStatus.build(), queries.build(), tagged.build());
  }

  private static String latest(
      VisibilityStore visibility, NamespaceId namespace, VisibilityQuery query) {
    return visibility
        .list(namespace, query, VisibilityOrder.CLOSE_TIME, PageRequest.first(1))
        .items()
        .stream()
        .map(record -> record.run().workflowId())
        .findFirst()
        .orElse("-");
  }

  /** The results in the order of the report. */
  public List<Table> tables() {
    return List.of(byStatus, queries, tagged);
  }

  /** The results as JSON. */
  public ObjectNode toJson() {
    ObjectNode json = DemoJson.object();
    json.set("byStatus", byStatus.toJson());
    json.set("queries", queries.toJson());
    json.set("tagged", tagged.toJson());
    return json;
  }
}
