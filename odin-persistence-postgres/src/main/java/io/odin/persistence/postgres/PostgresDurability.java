package io.odin.persistence.postgres;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A commit whose wait for a synchronous standby is cancelled, as by {@code pg_cancel_backend},
 * succeeds with a warning: it is not where it was promised to be.
 */
final class PostgresDurability {

  private static final String WARNING = "01000";

  /** What every translation of the server's warning has of its word for synchronous replication. */
  private static final Pattern SYNCHRONOUS =
      Pattern.compile(
          "synchron|s[iy]ncr|\u0441\u0438\u043d\u0445\u0440|\u540c\u6b65|\u540c\u671f|\ub3d9\uae30",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /** Transaction resolution unknown. */
  private static final String UNKNOWN = "08007";

  private PostgresDurability() {}

  static void require(@Nullable SQLWarning warnings) throws SQLException {
    for (SQLWarning warning = warnings; warning != null; warning = warning.getNextWarning()) {
      String message = Objects.requireNonNullElse(warning.getMessage(), "");
      if (WARNING.equals(warning.getSQLState()) && SYNCHRONOUS.matcher(message).find()) {
        throw new SQLException(message, UNKNOWN, warning);
      }
    }
  }
}
