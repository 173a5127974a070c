package io.odin.persistence.sql.history;

import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over histories. */
final class HistorySql {

  /** How many faults are reported. */
  static final int MAXIMUM_FAULTS = 1000;

  private static final Table<?> EVENTS = table("history_events");
  private static final Table<?> EXECUTIONS = table("workflow_executions");
  private static final Field<Object> EVENT_ID = column("event_id");
  private static final Field<Object> NEXT_EVENT_ID = column("x", "next_event_id");
  private static final Condition OF_RUN = matches("namespace_id", "workflow_id", "run_id");
  private static final List<Field<?>> COLUMNS =
      columns("event_id", "event_type", "event_timestamp", "task_id", "version", "event_data");

  /** The events of one run. */
  static final RowShape NEW_EVENTS =
      RowShape.into(EVENTS)
          .key("namespace_id", "workflow_id", "run_id", "event_id")
          .ofRun()
          .each("event_id", RowShape.Type.NUMBER)
          .each("event_type", RowShape.Type.TEXT)
          .each("event_timestamp", RowShape.Type.INSTANT)
          .each("task_id", RowShape.Type.NUMBER)
          .each("version", RowShape.Type.NUMBER)
          .each("event_data", RowShape.Type.JSON)
          .build();

  final Sql insert;
  final Sql find;
  final Sql size;
  final Sql runExists;
  final Sql validate;
  final PagedQuery read;
  final PagedQuery readReverse;

  HistorySql(Statements statements) {
    insert = statements.insertNew("history.insert", NEW_EVENTS);
    find = statements.query("history.find", select(EVENT_ID.eq(param("event_id"))));
    size =
        statements.query(
            "history.size",
            DSL.select(columns("next_event_id", "history_size_bytes"))
                .from(EXECUTIONS)
                .where(OF_RUN));
    runExists =
        statements.query(
            "history.runExists", DSL.select(column("run_id")).from(EXECUTIONS).where(OF_RUN));
    validate = statements.query("history.validate", faults());
    read =
        statements.pagedQuery(
            "history.read",
            HistorySql::range,
            List.of(PagedQuery.Key.ascending("event_id", RowShape.Type.NUMBER)));
    readReverse =
        statements.pagedQuery(
            "history.readReverse",
            HistorySql::range,
            List.of(PagedQuery.Key.descending("event_id", RowShape.Type.NUMBER)));
  }

  private static SelectConditionStep<?> select(Condition condition) {
    return DSL.select(COLUMNS).from(EVENTS).where(OF_RUN.and(condition));
  }

  private static SelectConditionStep<?> range() {
    return select(EVENT_ID.ge(param("from")).and(EVENT_ID.lt(param("to"))));
  }

  /**
   * One row for each gap before an event that ought to be there, or one row without a gap; each
   * with where the history ends. One statement, so that no commit comes between what it compares.
   */
  private static Query faults() {
    Table<?> events =
        DSL.select(
                EVENT_ID,
                DSL.coalesce(DSL.lag(EVENT_ID).over().orderBy(EVENT_ID), DSL.inline(0))
                    .as("previous"))
            .from(EVENTS)
            .where(OF_RUN)
            .asTable("e");
    Field<Object> event = column("e", "event_id");
    Field<Object> previous = column("e", "previous");
    Condition known = EVENT_ID.lt(NEXT_EVENT_ID);
    Condition unknown = EVENT_ID.ge(NEXT_EVENT_ID);
    return DSL.select(
            NEXT_EVENT_ID,
            ofEvents(DSL.max(EVENT_ID), known).as("last_known"),
            ofEvents(DSL.min(EVENT_ID), unknown).as("first_unknown"),
            ofEvents(DSL.max(EVENT_ID), unknown).as("last_unknown"),
            previous,
            event)
        .from(EXECUTIONS.as("x"))
        .leftJoin(events)
        .on(event.gt(previous.plus(DSL.inline(1))).and(event.lt(NEXT_EVENT_ID)))
        .where(
            column("x", "namespace_id")
                .eq(param("namespace_id"))
                .and(column("x", "workflow_id").eq(param("workflow_id")))
                .and(column("x", "run_id").eq(param("run_id"))))
        .orderBy(event)
        .limit(DSL.inline(MAXIMUM_FAULTS));
  }

  private static Field<Object> ofEvents(Field<Object> value, Condition condition) {
    return DSL.field(DSL.select(value).from(EVENTS).where(OF_RUN.and(condition)));
  }
}
