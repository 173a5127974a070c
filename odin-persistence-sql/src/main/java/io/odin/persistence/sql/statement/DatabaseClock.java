package io.odin.persistence.sql.statement;

import static org.jooq.impl.SQLDataType.INSTANT;

import java.time.Instant;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.impl.CustomField;

/** The one clock that decides leases, due times and expiries. */
public final class DatabaseClock {

  private DatabaseClock() {}

  /**
   * Now, going on while a statement waits for a lock: for what is written, and for judging a row
   * that was waited for.
   */
  public static Field<Instant> now() {
    return time("now", SqlForms::now);
  }

  /**
   * The time at which the statement began: for walking an index up to now, which takes a value that
   * does not change.
   */
  public static Field<Instant> statementStart() {
    return time("statement_start", SqlForms::statementStart);
  }

  /** Now plus a number of microseconds. */
  public static Field<Instant> after(Field<?> microseconds) {
    return time("after", forms -> forms.plus(forms.now(), microseconds));
  }

  /** The time at which the statement began, minus a number of microseconds. */
  public static Field<Instant> before(Field<?> microseconds) {
    return time("before", forms -> forms.minus(forms.statementStart(), microseconds));
  }

  /** A time that each database writes in its own way, which is known when it is rendered. */
  private static Field<Instant> time(String name, Function<SqlForms, Field<Instant>> form) {
    return CustomField.of(
        name,
        INSTANT,
        context -> context.visit(form.apply(Renderer.formsOf(context.configuration()))));
  }
}
