package io.odin.persistence.sql.retention;

import static io.odin.persistence.sql.run.RunMapper.RUN;
import static io.odin.persistence.sql.run.Runs.RUNS;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.retention.RunPart;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.visibility.Visibility;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SelectHavingStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over one table that holds a part of runs. */
final class RunPartSql {

  private static final List<PagedQuery.Key> BY_RUN =
      List.of(
          PagedQuery.Key.ascending("namespace_id", RowShape.Type.UUID),
          PagedQuery.Key.ascending("workflow_id", RowShape.Type.TEXT),
          PagedQuery.Key.ascending("run_id", RowShape.Type.UUID));

  /** All rows of a run; not where a mark takes the place of the row. */
  final Optional<Sql> delete;

  /**
   * Up to a limit of rows of a run, those that an index returns first; where a run can have many.
   */
  final Optional<Sql> deleteSome;

  /** The table row by row, each with the run if it exists. */
  final PagedQuery scan;

  private final RunPart part;
  private final Table<?> table;
  private final Condition present;
  private final Condition left;

  private RunPartSql(
      Statements statements,
      RunPart part,
      String name,
      List<PagedQuery.Key> keys,
      Optional<Sql> deleteSome,
      Condition present,
      Condition left) {
    this.part = part;
    this.deleteSome = deleteSome;
    this.present = present;
    this.left = left;
    table = table(name);
    delete =
        present.equals(DSL.noCondition())
            ? Optional.of(
                statements.query(
                    "executions.deletePart." + name, DSL.deleteFrom(table).where(matches(RUN))))
            : Optional.empty();
    scan = statements.pagedQuery("retention.scan." + name, () -> withTheirRuns(name), keys);
  }

  /** A table with one row for each workflow id. */
  static RunPartSql one(Statements statements, RunPart part, String name) {
    return new RunPartSql(
        statements,
        part,
        name,
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
        "history_events",
        BY_RUN,
        Optional.empty(),
        DSL.noCondition(),
        RetentionSql.EVENTS_LEFT);
  }

  /** Another table with any number of rows for each run. */
  static RunPartSql many(Statements statements, RunPart part, String name) {
    Sql deleteSome =
        statements.query(
            "retention.deleteSome." + name,
            DSL.deleteFrom(table(name)).where(matches(RUN)).limit(limit()));
    return new RunPartSql(
        statements,
        part,
        name,
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
        "visibility_records",
        BY_RUN,
        Optional.empty(),
        Visibility.PRESENT,
        Visibility.PRESENT);
  }

  RunPart part() {
    return part;
  }

  /** How many rows a run has, counted up to the limit. */
  Field<Integer> count() {
    Table<?> some =
        DSL.select(column("run_id"))
            .from(table)
            .where(matches(RUN).and(left))
            .limit(limit())
            .asTable("t");
    return DSL.field(DSL.select(DSL.count()).from(some)).as(column(part.name()));
  }

  /** Looks each run up by itself: a join would be planned for the whole table. */
  private SelectHavingStep<?> withTheirRuns(String name) {
    Field<Object> run =
        DSL.field(
            DSL.select(column("e", "run_id"))
                .from(RUNS.as("e"))
                .where(
                    DSL.and(
                        RUN.stream().map(key -> column("e", key).eq(column("t", key))).toList())));
    return DSL.select(columns(RUN))
        .select(run.as("existing_run_id"))
        .from(table(name).as("t"))
        .where(present);
  }
}
