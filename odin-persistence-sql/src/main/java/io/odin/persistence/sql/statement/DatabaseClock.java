package io.odin.persistence.sql.statement;

import static org.jooq.impl.SQLDataType.OTHER;

import org.jooq.Context;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.CustomField;
import org.jooq.impl.DSL;

/** The one clock that decides leases, due times and expiries. */
public final class DatabaseClock {

  private DatabaseClock() {}

  /**
   * Now, going on while a statement waits for a lock: for what is written, and for judging a row
   * that was waited for.
   */
  public static Field<Object> now() {
    return CustomField.of("now", OTHER, context -> context.sql(now(context)));
  }

  /**
   * The time at which the statement began: for walking an index up to now, which takes a value that
   * does not change.
   */
  public static Field<Object> statementStart() {
    return CustomField.of(
        "statement_start", OTHER, context -> context.sql(statementStart(context)));
  }

  /** Now plus a number of microseconds. */
  public static Field<Object> after(Field<?> microseconds) {
    return CustomField.of(
        "after", OTHER, context -> shift(context.sql(now(context)), '+', microseconds));
  }

  /** The time at which the statement began, minus a number of microseconds. */
  public static Field<Object> before(Field<?> microseconds) {
    return CustomField.of(
        "before", OTHER, context -> shift(context.sql(statementStart(context)), '-', microseconds));
  }

  // sysdate() is in the time zone of the session, which is UTC.
  private static String now(Context<?> context) {
    return switch (context.family()) {
      case POSTGRES -> "clock_timestamp()";
      case MYSQL -> "sysdate(6)";
      default -> throw new IllegalStateException("no clock for " + context.family());
    };
  }

  private static String statementStart(Context<?> context) {
    return switch (context.family()) {
      case POSTGRES -> "statement_timestamp()";
      case MYSQL -> "utc_timestamp(6)";
      default -> throw new IllegalStateException("no clock for " + context.family());
    };
  }

  private static void shift(Context<?> context, char sign, Field<?> microseconds) {
    context.sql(" ").sql(sign).sql(" ").visit(DSL.keyword("interval"));
    if (context.family() == SQLDialect.POSTGRES) {
      context.sql(" '1 microsecond' * ").visit(microseconds);
    } else {
      context.sql(" ").visit(microseconds).sql(" ").visit(DSL.keyword("microsecond"));
    }
  }
}
