package io.odin.persistence.sql.tests;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.visibility.SearchSql;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.query.AttributeType;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The most frequent queries of users, and the index that has to answer each. */
public enum StandardQuery {
  /** Everything, as lists begin. */
  ALL("", "idx_visibility_records_close"),
  /** By type. */
  BY_TYPE("WorkflowType = 'Type7'", "idx_visibility_records_type"),
  /** By state. */
  BY_STATE("ExecutionStatus = 'Failed'", "idx_visibility_records_state"),
  /** By task queue. */
  BY_TASK_QUEUE("TaskQueue = 'queue-7'", "idx_visibility_records_task_queue"),
  /** By the time of start. */
  BY_START(
      "StartTime BETWEEN '%s' AND '%s'"
          .formatted(
              PlanData.start(PlanData.MIDDLE + 9_000), PlanData.start(PlanData.MIDDLE - 9_000)),
      "idx_visibility_records_start"),
  /** By a search attribute. */
  BY_ATTRIBUTE("CustomerId = 'c-77'", "idx_visibility_records_search_attributes"),
  /** By the run that started them. */
  BY_PARENT("ParentWorkflowId = 'parent-4'", "idx_visibility_records_parent"),
  /** By workflow id. */
  BY_WORKFLOW_ID("WorkflowId = 'order-77'", "pk_visibility_records"),
  /** By a tag. */
  BY_TAG("Tag.`team` = 'team-3'", "idx_workflow_tags_key_value");

  private final String query;
  private final String index;

  StandardQuery(String query, String index) {
    this.query = query;
    this.index = index;
  }

  /** The index that the answer is found by. */
  public String index() {
    return index;
  }

  /** The statements for the first page and for another one in the midst, with their values. */
  public List<Step> pages(Dialect dialect, int size) {
    VisibilityOrder order =
        this == BY_START ? VisibilityOrder.START_TIME : VisibilityOrder.CLOSE_TIME;
    List<Step> pages =
        SearchSql.pages(
            dialect,
            new NamespaceId(PlanData.SEARCHED),
            VisibilityQuery.parse(query).bind(Map.of("CustomerId", AttributeType.KEYWORD)),
            order);
    pages.forEach(page -> addPosition(page.binds(), size));
    return pages;
  }

  private static void addPosition(Binds binds, int size) {
    Instant start = PlanData.start(PlanData.MIDDLE);
    binds
        .and("limit", size + 1)
        .and("after_close_time_or_max", start.plus(Duration.ofMinutes(1)))
        .and("after_start_time", start)
        .and("after_run_id", new UUID(0, 0))
        .and("after_workflow_id", "order");
  }
}
