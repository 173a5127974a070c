package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.CLOSE_TIME_OR_MAX;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.EXECUTION_TIME;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.NAMESPACE_ID;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.RUN_ID;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.START_TIME;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.TASK_QUEUE;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.VISIBILITY_RECORDS;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.WORKFLOW_ID;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.WORKFLOW_STATE;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.WORKFLOW_TYPE;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Deferred;
import io.odin.persistence.sql.statement.Parameters;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Renderer;
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
 * The statements over all runs that a query finds. Its condition is read once. Each statement is
 * rendered when it is asked for, which takes longer than many a query runs: callers keep them, by
 * their shape, and only bind the values to those that they have.
 */
public final class SearchSql {

  static final Field<String> VALUE = text("value");
  static final Field<Long> RUNS = number("runs");

  /** Each has an index that goes on with the order by close time. */
  private static final Set<SystemField> HEADS_OF_INDEXES =
      Set.of(
          SystemField.WORKFLOW_TYPE,
          SystemField.EXECUTION_STATUS,
          SystemField.TASK_QUEUE,
          SystemField.PARENT_WORKFLOW_ID);

  private final Renderer renderer;
  private final Binds binds;
  private final Optional<io.odin.persistence.visibility.query.Condition> condition;
  private final Optional<Deferred<Condition>> found;
  private final SearchShape shape;

  /**
   * Reads the condition.
   *
   * @param condition what the runs must satisfy; empty for all of the namespace
   */
  SearchSql(
      Dialect dialect,
      Renderer renderer,
      NamespaceId namespace,
      Optional<io.odin.persistence.visibility.query.Condition> condition) {
    this.renderer = renderer;
    this.condition = condition;
    binds = Binds.of(NAMESPACE_ID, namespace.value());
    Parameters parameters = new Parameters(binds);
    SearchCondition read = new SearchCondition(dialect, parameters);
    found = condition.map(read::of);
    parameters.complete();
    shape = read.shape();
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
        .map(sql -> Step.change(sql, search.binds().and(PayloadColumns.ROW_BYTES, Long.MAX_VALUE)))
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

  /** What the texts of the statements depend on. */
  SearchShape shape() {
    return shape;
  }

  private Condition found() {
    return matches(NAMESPACE_ID)
        .and(Visibility.PRESENT)
        .and(found.map(Deferred::make).orElse(DSL.noCondition()));
  }

  PagedQuery list(String name, VisibilityOrder order) {
    List<Field<?>> columns =
        Stream.concat(VisibilitySql.COLUMNS.stream(), Stream.of(CLOSE_TIME_OR_MAX)).toList();
    return new PagedQuery(
        renderer,
        name,
        PayloadColumns.of(columns),
        selected -> DSL.select(selected).from(records(order)).where(found()),
        keys(order));
  }

  /** An index that is headed by what the condition fixes is better than that of the mere order. */
  private Table<?> records(VisibilityOrder order) {
    return order == VisibilityOrder.CLOSE_TIME && condition.filter(SearchSql::hasHead).isPresent()
        ? renderer.forms().ignoreIndex("idx_visibility_records_close", VISIBILITY_RECORDS)
        : VISIBILITY_RECORDS;
  }

  /** All the same way, so that a page begins with one comparison of rows. */
  private static List<PagedQuery.Key> keys(VisibilityOrder order) {
    Stream<Field<?>> columns =
        switch (order) {
          case CLOSE_TIME -> Stream.of(CLOSE_TIME_OR_MAX, START_TIME, RUN_ID, WORKFLOW_ID);
          case START_TIME -> Stream.of(START_TIME, RUN_ID, WORKFLOW_ID);
          case EXECUTION_TIME -> Stream.of(EXECUTION_TIME, RUN_ID, WORKFLOW_ID);
        };
    return columns.map(PagedQuery.Key::descending).toList();
  }

  /** One row with one number. */
  Sql count() {
    return renderer.sql(
        "visibility.count",
        DSL.select(DSL.count().as(RUNS)).from(VISIBILITY_RECORDS).where(found()));
  }

  /** A row for each group, the largest first, no more than {@code :limit}. */
  Sql countBy(VisibilityGroup group) {
    Field<String> value =
        switch (group) {
          case EXECUTION_STATUS -> WORKFLOW_STATE;
          case WORKFLOW_TYPE -> WORKFLOW_TYPE;
          case TASK_QUEUE -> TASK_QUEUE;
        };
    return renderer.sql(
        "visibility.countBy",
        DSL.select(value.as(VALUE), DSL.count().as(RUNS))
            .from(VISIBILITY_RECORDS)
            .where(found())
            .groupBy(value)
            .orderBy(DSL.count().desc(), value)
            .limit(limit()));
  }
}
