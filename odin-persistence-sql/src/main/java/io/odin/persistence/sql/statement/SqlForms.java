package io.odin.persistence.sql.statement;

import java.time.Instant;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.RowN;
import org.jooq.SQLDialect;
import org.jooq.SortOrder;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * How a database writes what no standard settles, in the statements that are written once for all.
 * What only some databases need does nothing unless a database says otherwise. Immutable and
 * thread-safe.
 */
public interface SqlForms {

  /** What jOOQ renders for. */
  SQLDialect family();

  /** See {@link DatabaseClock#now}. */
  Field<Instant> now();

  /** See {@link DatabaseClock#statementStart}. */
  Field<Instant> statementStart();

  /** A time plus a number of microseconds. */
  Field<Instant> plus(Field<Instant> time, Field<?> microseconds);

  /** A time minus a number of microseconds. */
  Field<Instant> minus(Field<Instant> time, Field<?> microseconds);

  /** The whole milliseconds from one time to another; 0 if the other is earlier. */
  Field<Long> milliseconds(Field<Instant> from, Field<Instant> to);

  /** A table that is read along an index, where the planner does not see by itself that it must. */
  default Table<?> forceIndex(String index, Table<?> table) {
    return table;
  }

  /** A table for which an index is never the best, where the planner does not see that. */
  default Table<?> ignoreIndex(String index, Table<?> table) {
    return table;
  }

  /** A condition that is true of every row and lets the planner use an index that has it. */
  default Condition conditionOf(String index) {
    return DSL.noCondition();
  }

  /**
   * The bytes of a document as it is stored, before compression; null for null. Reads as little as
   * possible of a large one.
   */
  Field<Long> storedSize(Field<?> document);

  /**
   * What comes after a row in the order of some columns, all the same way, as one comparison of
   * rows; empty if the database walks an index only if each column is compared.
   */
  default Optional<Condition> after(RowN columns, RowN row, SortOrder order) {
    return Optional.empty();
  }

  /** Whether a column is one of some numbers, in a form that walks an index for each. */
  default Condition oneOf(Field<Integer> column, NumberSet numbers) {
    return column.coerce(Object.class).in(numbers.parameters());
  }

  /**
   * The text of a statement that jOOQ cannot render for this database, with the same parameters and
   * the same columns of the result; empty for all others.
   *
   * @param name area and verb: "shards.fence"
   */
  default Optional<String> replacement(String name) {
    return Optional.empty();
  }
}
