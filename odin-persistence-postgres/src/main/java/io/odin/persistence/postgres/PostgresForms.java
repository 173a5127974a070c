package io.odin.persistence.postgres;

import io.odin.persistence.sql.statement.NumberSet;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.SqlForms;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.RowN;
import org.jooq.SQLDialect;
import org.jooq.SortOrder;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * PostgreSQL's clocks, and what lets it walk an index. It needs no hints: its sessions have
 * settings that leave no choice.
 */
final class PostgresForms implements SqlForms {

  @Override
  public SQLDialect family() {
    return SQLDialect.POSTGRES;
  }

  @Override
  public Field<Instant> now() {
    return DSL.field("clock_timestamp()", SQLDataType.INSTANT);
  }

  @Override
  public Field<Instant> statementStart() {
    return DSL.field("statement_timestamp()", SQLDataType.INSTANT);
  }

  @Override
  public Field<Instant> plus(Field<Instant> time, Field<?> microseconds) {
    return DSL.field(
        "{0} + interval '1 microsecond' * {1}", SQLDataType.INSTANT, time, microseconds);
  }

  @Override
  public Field<Instant> minus(Field<Instant> time, Field<?> microseconds) {
    return DSL.field(
        "{0} - interval '1 microsecond' * {1}", SQLDataType.INSTANT, time, microseconds);
  }

  @Override
  public Field<Long> milliseconds(Field<Instant> from, Field<Instant> to) {
    return DSL.field(
        "greatest(0, floor(extract(epoch from {1} - {0}) * 1000))", SQLDataType.BIGINT, from, to);
  }

  /** The index with all runs of a workflow is a partial one, so that nothing else is read by it. */
  @Override
  public Condition conditionOf(String index) {
    return index.equals("idx_workflow_executions_runs")
        ? DSL.field(DSL.unquotedName("started_at"), Object.class)
            .gt(DSL.inline((Object) "-infinity"))
        : DSL.noCondition();
  }

  /** One that is stored in little space is decompressed, which is all that the operator does. */
  @Override
  public Field<Long> storedSize(Field<?> document) {
    // Only a compressed one has to be read.
    return DSL.field(
        "case when pg_column_compression({0}) is null then pg_column_size({0})"
            + " else pg_column_size({0} #> array[]::text[]) end",
        SQLDataType.BIGINT, document);
  }

  @Override
  public Condition oneOf(Field<Integer> column, NumberSet numbers) {
    return DSL.condition("{0} = any({1}::int4[])", column, Renderer.param(numbers.name()));
  }

  @Override
  public Optional<Condition> after(RowN columns, RowN row, SortOrder order) {
    return Optional.of(order == SortOrder.ASC ? columns.gt(row) : columns.lt(row));
  }
}
