package io.odin.persistence.sql.retention;

import static io.odin.persistence.sql.history.HistoryEventsTable.HISTORY_EVENTS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_EXECUTIONS;
import static io.odin.persistence.sql.statement.Columns.uuid;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.equal;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.VISIBILITY_RECORDS;

import io.odin.persistence.retention.RunPart;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.Columns;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.visibility.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SelectHavingStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over one table that holds a part of runs. */
final class RunPartSql {

  static final Field<UUID> EXISTING_RUN_ID = uuid("existing_run_id");

  private static final List<PagedQuery.Key> BY_RUN =
      List.of(
          PagedQuery.Key.ascending(NAMESPACE_ID),
          PagedQuery.Key.ascending(WORKFLOW_ID),
          PagedQuery.Key.ascending(RUN_ID));

  /** All rows of a run; not where a mark takes the place of the row. */
  final Optional<Sql> delete;

  /**
   * Up to a limit of rows of a run, those that an index returns first; where a run can have many.
   */
  final Optional<Sql> deleteSome;

  /** The table row by row, each with the run if it exists. */
  final PagedQuery scan;

  /** How many rows a run has, in the result that counts all parts. */
  final Field<Long> count;

  private final RunPart part;
  private final Table<?> table;
  private final Condition present;
  private final Condition left;

  private RunPartSql(
      Statements statements,
      RunPart part,
      Table<?> table,
      List<PagedQuery.Key> keys,
      Optional<Sql> deleteSome,
      Condition present,
      Condition left) {
    this.part = part;
    count = Columns.number(part.name());
    this.deleteSome = deleteSome;
    this.present = present;
    this.left = left;
    this.table = table;
    delete =
        present.equals(DSL.noCondition())
            ? Optional.of(
                statements.query(
                    "executions.deletePart." + table.getName(),
                    DSL.deleteFrom(table).where(matches(RUN))))
            : Optional.empty();
    scan = statements.pagedQuery("retention.scan." + table.getName(), this::withTheirRuns, keys);
  }

  /** A table with one row for each workflow id. */
  static RunPartSql one(Statements statements, RunPart part, Table<?> table) {
    return new RunPartSql(
        statements,
        part,
        table,
        BY_RUN.subList(0, 2),
        Optional.empty(),
        DSL.noCondition(),
        DSL.noCondition());
  }

  /** The events, of which those before {@code :first_event_id} are deleted. */
  static RunPartSql events(Statements statements) {
    return new RunPartSql(
        statements,
        RunPart.HISTORY,
        HISTORY_EVENTS,
        BY_RUN,
        Optional.empty(),
        DSL.noCondition(),
        RetentionSql.EVENTS_LEFT);
  }

  /** Another table with any number of rows for each run. */
  static RunPartSql many(Statements statements, RunPart part, Table<?> table) {
    Sql deleteSome =
        statements.query(
            "retention.deleteSome." + table.getName(),
            DSL.deleteFrom(table).where(matches(RUN)).limit(limit()));
    return new RunPartSql(
        statements,
        part,
        table,
        BY_RUN,
        Optional.of(deleteSome),
        DSL.noCondition(),
        DSL.noCondition());
  }

  /** The records of visibility: one that is deleted leaves a tombstone, which does not count. */
  static RunPartSql visibility(Statements statements) {
    return new RunPartSql(
        statements,
        RunPart.VISIBILITY,
        VISIBILITY_RECORDS,
        BY_RUN,
        Optional.empty(),
        Visibility.PRESENT,
        Visibility.PRESENT);
  }

  RunPart part() {
    return part;
  }

  /** How many rows a run has, counted up to the limit. */
  Field<Integer> counted() {
    Table<?> some =
        DSL.select(RUN_ID).from(table).where(matches(RUN).and(left)).limit(limit()).asTable("t");
    return DSL.field(DSL.select(DSL.count()).from(some)).as(count);
  }

  /** Looks each run up by itself: a join would be planned for the whole table. */
  private SelectHavingStep<?> withTheirRuns() {
    Field<UUID> run =
        DSL.field(
            DSL.select(column("e", RUN_ID))
                .from(WORKFLOW_EXECUTIONS.as("e"))
                .where(equal("e", "t", RUN)));
    return DSL.select(RUN).select(run.as(EXISTING_RUN_ID)).from(table.as("t")).where(present);
  }
}
