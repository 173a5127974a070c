package io.odin.persistence.mysql;

import io.odin.persistence.error.BackendFailureException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which servers the backend works with. */
final class MySqlRequirements {

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

  /** What MariaDB up to 10 says first, for clients that would take it for an older one. */
  private static final String DISGUISE = "^5\\.5\\.5-";

  private static final long OLDEST = 8_000_019;

  private MySqlRequirements() {}

  /**
   * Refuses any other server.
   *
   * @throws BackendFailureException saying what it is, and what is needed
   */
  static void check(Connection connection) throws SQLException {
    if (connection.getCatalog() == null || connection.getCatalog().isEmpty()) {
      refuse("the URL names no database: put its name behind the server, as in //host:3306/odin");
    }
    serverRefusal(connection.getMetaData().getDatabaseProductVersion())
        .ifPresent(MySqlRequirements::refuse);
  }

  private static void refuse(String reason) {
    throw new BackendFailureException("", reason, null);
  }

  /**
   * Why the stores do not work with a server; empty if they do.
   *
   * @param version what it says of itself: "9.7.4", "11.8.2-MariaDB-1"
   */
  static Optional<String> serverRefusal(String version) {
    if (version.toLowerCase(Locale.ROOT).contains("mariadb")) {
      return Optional.of(
          "this is MariaDB (%s), which is not MySQL and lacks what the stores need: use MySQL 8.0.19"
                  .formatted(version.replaceFirst(DISGUISE, ""))
              + " or later, or PostgreSQL");
    }
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches() || number(numbers) < OLDEST) {
      return Optional.of(
          "this is MySQL %s, and 8.0.19 or later is needed: upgrade the server".formatted(version));
    }
    return Optional.empty();
  }

  private static long number(Matcher numbers) {
    return (Long.parseLong(numbers.group(1)) * 1000 + Long.parseLong(numbers.group(2))) * 1000
        + Long.parseLong(numbers.group(3));
  }
}
