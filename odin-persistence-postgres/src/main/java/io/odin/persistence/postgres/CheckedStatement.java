package io.odin.persistence.postgres;

import io.odin.persistence.sql.statement.Sql;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * A statement that fails on the server if it misses its rows, so that what follows it in the same
 * round trip, COMMIT included, is not run.
 *
 * @param text the statement
 * @param takesCount whether the expected number of rows is one parameter more, the last one; if
 *     not, it inserts all of its rows or fails
 */
record CheckedStatement(String text, boolean takesCount) {

  /** Division by zero: no other part of a statement divides. */
  private static final String OTHER_COUNT = "22012";

  private static final String ROW_IS_THERE = "23505";
  private static final Set<String> MISSED = Set.of(OTHER_COUNT, ROW_IS_THERE);

  private static final String WITH = "WITH ";
  private static final String SELECT = "SELECT ";

  /** Where the body of a statement begins whose common table expressions change rows. */
  private static final String BODY = "\n)\n" + SELECT;

  private static final String CHECK = "SELECT 1 / (count(*) = ?)::int FROM counted";

  static CheckedStatement of(Sql sql) {
    Optional<String> strict = sql.strictText();
    return strict.isPresent()
        ? new CheckedStatement(strict.get(), false)
        : new CheckedStatement(counted(sql.jdbcText()), true);
  }

  private static String counted(String text) {
    if (text.regionMatches(true, 0, WITH, 0, WITH.length())) {
      if (!text.contains(BODY)) {
        throw new IllegalStateException("no row of its own begins with SELECT in: " + text);
      }
      // PostgreSQL wants expressions that change rows at the top level.
      int end = text.lastIndexOf(BODY) + BODY.length() - SELECT.length() - 1;
      return text.substring(0, end) + ", counted AS (" + text.substring(end) + "\n)\n" + CHECK;
    }
    String returning = text.regionMatches(true, 0, SELECT, 0, 6) ? "" : "\nRETURNING 1";
    return "WITH counted AS (\n" + text + returning + "\n)\n" + CHECK;
  }

  /** Whether a statement has failed because it missed its rows. */
  static boolean isMissed(SQLException failure) {
    return MISSED.contains(failure.getSQLState());
  }
}
