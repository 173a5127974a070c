package io.odin.persistence.sql;

import static org.jooq.impl.SQLDataType.OTHER;

import org.jooq.Context;
import org.jooq.Field;
import org.jooq.impl.CustomField;
import org.jooq.impl.DSL;

/**
 * The one clock that decides leases, due times and expiries. It goes on while a transaction waits
 * for a lock, unlike the time of the transaction's beginning.
 */
final class DatabaseClock {

  private DatabaseClock() {}

  /** Now. */
  static Field<Object> now() {
    return CustomField.of("now", OTHER, DatabaseClock::renderNow);
  }

  /** Now plus so many microseconds. */
  static Field<Object> after(Field<?> microseconds) {
    return CustomField.of("after", OTHER, context -> renderShift(context, '+', microseconds));
  }

  /** Now minus so many microseconds. */
  static Field<Object> before(Field<?> microseconds) {
    return CustomField.of("before", OTHER, context -> renderShift(context, '-', microseconds));
  }

  private static void renderNow(Context<?> context) {
    context.sql(
        switch (context.family()) {
          case POSTGRES -> "clock_timestamp()";
          case MYSQL -> "utc_timestamp(6)";
          default -> throw new IllegalStateException("no clock for " + context.family());
        });
  }

  private static void renderShift(Context<?> context, char sign, Field<?> microseconds) {
    context.visit(now()).sql(" ").sql(sign).sql(" ");
    switch (context.family()) {
      case POSTGRES ->
          context.visit(DSL.keyword("interval")).sql(" '1 microsecond' * ").visit(microseconds);
      default ->
          context
              .visit(DSL.keyword("interval"))
              .sql(" ")
              .visit(microseconds)
              .sql(" ")
              .visit(DSL.keyword("microsecond"));
    }
  }
}
