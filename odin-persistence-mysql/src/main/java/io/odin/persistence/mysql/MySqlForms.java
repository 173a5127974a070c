package io.odin.persistence.mysql;

import io.odin.persistence.sql.statement.SqlForms;
import java.time.Instant;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * MySQL's clocks, and the hints without which its planner takes another index for some values and
 * reads much.
 */
final class MySqlForms implements SqlForms {

  @Override
  public SQLDialect family() {
    return SQLDialect.MYSQL;
  }

  /** In the time zone of the session, which is UTC. */
  @Override
  public Field<Instant> now() {
    return DSL.field("sysdate(6)", SQLDataType.INSTANT);
  }

  @Override
  public Field<Instant> statementStart() {
    return DSL.field("utc_timestamp(6)", SQLDataType.INSTANT);
  }

  @Override
  public Field<Instant> plus(Field<Instant> time, Field<?> microseconds) {
    return DSL.field("{0} + interval {1} microsecond", SQLDataType.INSTANT, time, microseconds);
  }

  @Override
  public Field<Instant> minus(Field<Instant> time, Field<?> microseconds) {
    return DSL.field("{0} - interval {1} microsecond", SQLDataType.INSTANT, time, microseconds);
  }

  @Override
  public Field<Long> milliseconds(Field<Instant> from, Field<Instant> to) {
    return DSL.field(
        "greatest(0, timestampdiff(microsecond, {0}, {1}) div 1000)", SQLDataType.BIGINT, from, to);
  }

  @Override
  public Field<Long> storedSize(Field<?> document) {
    return DSL.field("json_storage_size({0})", SQLDataType.BIGINT, document);
  }

  @Override
  public Table<?> forceIndex(String index, Table<?> table) {
    return table.forceIndex(index);
  }

  @Override
  public Table<?> ignoreIndex(String index, Table<?> table) {
    return table.ignoreIndex(index);
  }
}
