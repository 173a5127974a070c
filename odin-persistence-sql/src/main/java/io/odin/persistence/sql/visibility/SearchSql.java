package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Parameters;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.visibility.VisibilityGroup;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.query.Condition.And;
import io.odin.persistence.visibility.query.Condition.Comparison;
import io.odin.persistence.visibility.query.Operator;
import io.odin.persistence.visibility.query.SystemField;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The statements over all runs that a query finds. Each is rendered when it is asked for, which
 * takes longer than many a query runs: callers keep them, by their shape.
 */
public final class SearchSql {

  private static final String CLOSE_TIME_OR_MAX = "close_time_or_max";

  /** Each has an index that goes on with the order by close time. */
  private static final Set<SystemField> HEADS_OF_INDEXES =
      Set.of(
          SystemField.WORKFLOW_TYPE,
          SystemField.EXECUTION_STATUS,
          SystemField.TASK_QUEUE,
          SystemField.PARENT_WORKFLOW_ID);

  private final Renderer renderer;
  private final Binds binds;
  private final Condition found;
  private final Optional<SearchShape> shape;
  private final boolean hasHead;

  /**
   * Renders the condition.
   *
   * @param condition what the runs must satisfy; empty for all of the namespace
   */
  SearchSql(
      Dialect dialect,
      Renderer renderer,
      NamespaceId namespace,
      Optional<io.odin.persistence.visibility.query.Condition> condition) {
    this.renderer = renderer;
    binds = Binds.of("namespace_id", namespace.value());
    SearchCondition rendered = new SearchCondition(dialect, new Parameters(binds));
    found =
        matches("namespace_id")
            .and(Visibility.PRESENT)
            .and(condition.map(rendered::of).orElse(DSL.noCondition()));
    shape = condition.map(SearchShape::of);
    hasHead = condition.filter(SearchSql::hasHead).isPresent();
  }

  /**
   * Returns the statements that list what a query finds, for display and tests.
   *
   * @return the first page and the next one, with the values of the condition
   */
  public static List<Step> pages(
      Dialect dialect,
      NamespaceId namespace,
      Optional<io.odin.persistence.visibility.query.Condition> condition,
      VisibilityOrder order) {
    SearchSql search =
        new SearchSql(dialect, new Statements(dialect).renderer(), namespace, condition);
    return search.list("visibility.list", order).statements().stream()
        .map(sql -> Step.change(sql, search.binds()))
        .toList();
  }

  private static boolean hasHead(io.odin.persistence.visibility.query.Condition condition) {
    return switch (condition) {
      case And and -> and.parts().stream().anyMatch(SearchSql::hasHead);
      case Comparison(SystemField field, Operator operator, var value) ->
          operator == Operator.EQUAL && HEADS_OF_INDEXES.contains(field);
      default -> false;
    };
  }

  /** The values of the condition. */
  Binds binds() {
    return binds;
  }

  /** What the texts of the statements depend on; empty if there is no condition. */
  Optional<SearchShape> shape() {
    return shape;
  }

  PagedQuery list(String name, VisibilityOrder order) {
    List<Field<?>> columns =
        Stream.concat(VisibilitySql.COLUMNS.stream(), Stream.of(column(CLOSE_TIME_OR_MAX)))
            .toList();
    return new PagedQuery(
        renderer, name, () -> DSL.select(columns).from(records(order)).where(found), keys(order));
  }

  /** An index that is headed by what the condition fixes is better than that of the mere order. */
  private Table<?> records(VisibilityOrder order) {
    return hasHead && order == VisibilityOrder.CLOSE_TIME
        ? renderer.ignoreIndex("idx_visibility_records_close", VisibilitySql.RECORDS)
        : VisibilitySql.RECORDS;
  }

  /** All the same way, so that a page begins with one comparison of rows. */
  private static List<PagedQuery.Key> keys(VisibilityOrder order) {
    Stream<String> times =
        switch (order) {
          case CLOSE_TIME -> Stream.of(CLOSE_TIME_OR_MAX, "start_time");
          case START_TIME -> Stream.of("start_time");
          case EXECUTION_TIME -> Stream.of("execution_time");
        };
    return Stream.concat(
            times.map(name -> PagedQuery.Key.descending(name, RowShape.Type.INSTANT)),
            Stream.of(
                PagedQuery.Key.descending("run_id", RowShape.Type.UUID),
                PagedQuery.Key.descending("workflow_id", RowShape.Type.TEXT)))
        .toList();
  }

  /** One row with one number. */
  Sql count() {
    return renderer.sql(
        "visibility.count",
        DSL.select(DSL.count().as("runs")).from(VisibilitySql.RECORDS).where(found));
  }

  /** A row for each group, the largest first, no more than {@code :limit}. */
  Sql countBy(VisibilityGroup group) {
    Field<Object> value =
        column(
            switch (group) {
              case EXECUTION_STATUS -> "workflow_state";
              case WORKFLOW_TYPE -> "workflow_type";
              case TASK_QUEUE -> "task_queue";
            });
    return renderer.sql(
        "visibility.countBy",
        DSL.select(value.as("value"), DSL.count().as("runs"))
            .from(VisibilitySql.RECORDS)
            .where(found)
            .groupBy(value)
            .orderBy(DSL.count().desc(), value)
            .limit(limit()));
  }
}
