package io.odin.persistence.mysql;

import io.odin.persistence.sql.database.ExpectedStep;
import java.sql.SQLException;

/**
 * A statement after which the server goes on only if it has not missed its rows, so that what
 * follows it in the same text, COMMIT included, is not run otherwise. It takes the values of the
 * statement and, if its count is checked, the expected count as one more.
 */
final class CountedStatement {

  /** A subquery that returns two rows: no statement of a commit has another that could. */
  private static final int OTHER_COUNT = 1242;

  private static final String OR_FAIL = " = ?, 1, (SELECT 1 UNION ALL SELECT 2))";

  private CountedStatement() {}

  static String of(ExpectedStep step) {
    String text = step.step().sql().jdbcText();
    if (!step.isChecked()) {
      return text;
    }
    return step.step().mapper() == null
        ? text + ";\nDO IF(ROW_COUNT()" + OR_FAIL
        // Within DO, what the query only reads would be locked as well.
        : "SELECT IF((SELECT COUNT(*) FROM (\n" + text + "\n) AS counted)" + OR_FAIL;
  }

  /** Whether a statement has failed because one before it missed its rows. */
  static boolean isMissed(SQLException failure) {
    return failure.getErrorCode() == OTHER_COUNT;
  }
}
