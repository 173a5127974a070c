package io.odin.persistence.postgres;

import io.odin.persistence.sql.statement.Sql;

/**
 * Makes a statement fail on the server if it changes or returns another number of rows than
 * expected, so that what follows it in the same round trip, COMMIT included, is not run.
 */
final class RowCountCheck {

  /** Division by zero: no other part of a statement divides. */
  static final String MISSED = "22012";

  private static final String WITH = "WITH ";

  /** Where the body of a statement begins whose common table expressions change rows. */
  private static final String BODY = "\n)\nSELECT ";

  private static final String CHECK = "SELECT 1 / (count(*) = ?)::int FROM counted";

  private RowCountCheck() {}

  /** The text of the statement with one parameter more, the last one: the number of rows. */
  static String of(Sql sql) {
    String text = sql.jdbcText();
    if (text.startsWith(WITH)) {
      // PostgreSQL wants expressions that change rows at the top level.
      int body = text.lastIndexOf(BODY) + BODY.indexOf("SELECT");
      return text.substring(0, body - 1)
          + ", counted AS (\n"
          + text.substring(body)
          + "\n)\n"
          + CHECK;
    }
    String returning = text.regionMatches(true, 0, "SELECT", 0, 6) ? "" : "\nRETURNING 1";
    return "WITH counted AS (\n" + text + returning + "\n)\n" + CHECK;
  }
}
