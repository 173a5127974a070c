package io.odin.persistence.sql.history;

import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_BYTES;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_DATA;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_ID;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_PAYLOAD;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_TIMESTAMP;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_TYPE;
import static io.odin.persistence.sql.history.HistoryEventsTable.HISTORY_EVENTS;
import static io.odin.persistence.sql.history.HistoryEventsTable.TASK_ID;
import static io.odin.persistence.sql.history.HistoryEventsTable.VERSION;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.BASE_RUN_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.HISTORY_SIZE_BYTES;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.NEXT_EVENT_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_EXECUTIONS;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.notExists;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.SqlForms;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over histories. */
final class HistorySql {

  static final Field<Long> FROM = number("from");
  static final Field<Long> TO = number("to");
  static final Field<Long> PREVIOUS = number("previous");
  static final Field<Long> LAST_KNOWN = number("last_known");
  static final Field<Long> FIRST_UNKNOWN = number("first_unknown");
  static final Field<Long> LAST_UNKNOWN = number("last_unknown");

  /** How many faults are reported. */
  static final int MAXIMUM_FAULTS = 1000;

  private static final Field<Long> END = column("x", NEXT_EVENT_ID);
  private static final Condition OF_RUN = matches(NAMESPACE_ID, WORKFLOW_ID, RUN_ID);
  private static final Condition OF_BASE =
      matches(NAMESPACE_ID, WORKFLOW_ID).and(RUN_ID.eq(param(BASE_RUN_ID)));
  private static final List<Field<?>> COLUMNS =
      List.of(EVENT_ID, EVENT_TYPE, EVENT_TIMESTAMP, TASK_ID, VERSION, EVENT_DATA, EVENT_BYTES);
  private static final PayloadColumns PAYLOADS = PayloadColumns.of(COLUMNS);

  /** The events of one run. */
  static final RowShape NEW_EVENTS =
      RowShape.into(HISTORY_EVENTS)
          .key(NAMESPACE_ID, WORKFLOW_ID, RUN_ID, EVENT_ID)
          .ofRun()
          .each(EVENT_ID, EVENT_TYPE, EVENT_TIMESTAMP, TASK_ID, VERSION, EVENT_DATA, EVENT_BYTES)
          .build();

  final Sql insert;
  final Sql copy;
  final Sql addCopiedSize;
  final Sql find;
  final Sql size;
  final Sql runExists;
  final Sql validate;
  final PagedQuery read;
  final PagedQuery readReverse;

  HistorySql(Statements statements) {
    insert = statements.insertNew("history.insert", NEW_EVENTS);
    copy = statements.query("history.copy", copy());
    SqlForms forms = statements.renderer().forms();
    addCopiedSize =
        statements.query(
            "history.addCopiedSize",
            DSL.update(WORKFLOW_EXECUTIONS)
                .set(Map.of(HISTORY_SIZE_BYTES, HISTORY_SIZE_BYTES.plus(copiedSize(forms))))
                .where(OF_RUN));
    find = statements.query("history.find", select(COLUMNS, EVENT_ID.eq(param(EVENT_ID))));
    size =
        statements.query(
            "history.size",
            DSL.select(NEXT_EVENT_ID, HISTORY_SIZE_BYTES).from(WORKFLOW_EXECUTIONS).where(OF_RUN));
    runExists =
        statements.query(
            "history.runExists", DSL.select(RUN_ID).from(WORKFLOW_EXECUTIONS).where(OF_RUN));
    validate = statements.query("history.validate", faults());
    read =
        statements.pagedQuery(
            "history.read",
            PAYLOADS,
            HistorySql::range,
            List.of(PagedQuery.Key.ascending(EVENT_ID)));
    readReverse =
        statements.pagedQuery(
            "history.readReverse",
            PAYLOADS,
            HistorySql::range,
            List.of(PagedQuery.Key.descending(EVENT_ID)));
  }

  private static Query copy() {
    return DSL.insertInto(HISTORY_EVENTS)
        .columns(
            NAMESPACE_ID,
            WORKFLOW_ID,
            RUN_ID,
            EVENT_ID,
            EVENT_TYPE,
            EVENT_TIMESTAMP,
            TASK_ID,
            VERSION,
            EVENT_DATA,
            EVENT_BYTES)
        .select(
            DSL.select(
                    NAMESPACE_ID,
                    WORKFLOW_ID,
                    param(RUN_ID),
                    EVENT_ID,
                    EVENT_TYPE,
                    EVENT_TIMESTAMP,
                    TASK_ID,
                    VERSION,
                    EVENT_DATA,
                    EVENT_BYTES)
                .from(HISTORY_EVENTS)
                .where(OF_BASE)
                .and(EVENT_ID.ge(param(FROM)))
                .and(EVENT_ID.lt(param(TO)))
                // Then the commit is refused, and says so.
                .and(
                    notExists(
                        DSL.selectOne()
                            .from(HISTORY_EVENTS.as("c"))
                            .where(matches("c", RUN))
                            .and(column("c", EVENT_ID).ge(param(FROM)))
                            .and(column("c", EVENT_ID).lt(param(TO))))));
  }

  /** What the events have that were copied, as the database stores them. */
  private static Field<Long> copiedSize(SqlForms forms) {
    Field<Long> size =
        EVENT_PAYLOAD.storedSize(forms).plus(DSL.octetLength(EVENT_TYPE).cast(Long.class));
    return DSL.field(
        DSL.select(DSL.coalesce(DSL.sum(size), DSL.inline(0)).cast(Long.class))
            .from(HISTORY_EVENTS)
            .where(OF_RUN.and(EVENT_ID.ge(param(FROM))).and(EVENT_ID.lt(param(TO)))));
  }

  private static SelectConditionStep<?> select(List<Field<?>> columns, Condition condition) {
    return DSL.select(columns).from(HISTORY_EVENTS).where(OF_RUN.and(condition));
  }

  private static SelectConditionStep<?> range(List<Field<?>> columns) {
    return select(columns, EVENT_ID.ge(param(FROM)).and(EVENT_ID.lt(param(TO))));
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
                    .as(PREVIOUS))
            .from(HISTORY_EVENTS)
            .where(OF_RUN)
            .asTable("e");
    Field<Long> event = column("e", EVENT_ID);
    Field<Long> previous = column("e", PREVIOUS);
    Condition known = EVENT_ID.lt(END);
    Condition unknown = EVENT_ID.ge(END);
    return DSL.select(
            END,
            ofEvents(DSL.max(EVENT_ID), known).as(LAST_KNOWN),
            ofEvents(DSL.min(EVENT_ID), unknown).as(FIRST_UNKNOWN),
            ofEvents(DSL.max(EVENT_ID), unknown).as(LAST_UNKNOWN),
            previous,
            event)
        .from(WORKFLOW_EXECUTIONS.as("x"))
        .leftJoin(events)
        .on(event.gt(previous.plus(DSL.inline(1))).and(event.lt(END)))
        .where(matches("x", RUN))
        .orderBy(event)
        .limit(DSL.inline(MAXIMUM_FAULTS));
  }

  private static Field<Long> ofEvents(Field<Long> value, Condition condition) {
    return DSL.field(DSL.select(value).from(HISTORY_EVENTS).where(OF_RUN.and(condition)));
  }
}
