package io.odin.persistence.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a database: one of JDBC, or one of libpq and its like, {@code
 * postgresql://user:password@host:port/database?parameters}.
 *
 * @param jdbc the URL for the driver
 * @param user who connects, from a URL of the second kind
 * @param password the password, from a URL of the second kind
 */
record DatabaseUrl(String jdbc, Optional<String> user, Optional<String> password) {

  private static final Pattern URI =
      Pattern.compile("(?<scheme>postgres|postgresql|mysql)://(?<rest>.*)", Pattern.DOTALL);
  private static final Map<String, String> DRIVERS =
      Map.of("postgres", "postgresql", "postgresql", "postgresql", "mysql", "mysql");
  // The parameter, and what comes before the host.
  private static final Pattern JDBC_USER =
      Pattern.compile("[?&]user=|^jdbc:[^?]*@", Pattern.CASE_INSENSITIVE);

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if user and password cannot be separated from it; the message
   *     has no part of the URL
   */
  static DatabaseUrl of(String url) {
    Matcher uri = URI.matcher(url);
    if (!uri.matches()) {
      return new DatabaseUrl(url, Optional.empty(), Optional.empty());
    }
    String jdbc = "jdbc:" + DRIVERS.get(uri.group("scheme")) + "://";
    String rest = uri.group("rest");
    int end = rest.lastIndexOf('@');
    if (end < 0) {
      return new DatabaseUrl(jdbc + rest, Optional.empty(), Optional.empty());
    }
    String[] account = rest.substring(0, end).split(":", 2);
    for (String part : account) {
      if (!part.matches("[^/?#@\\s]*")) {
        throw new IllegalArgumentException(
            "before its last @ the URL has one of / ? # @ or a space: in a user, a password or a"
                + " parameter write %2F %3F %23 %40 %20");
      }
    }
    return new DatabaseUrl(
        jdbc + rest.substring(end + 1),
        Optional.of(decoded(account[0])).filter(user -> !user.isEmpty()),
        account.length == 1 ? Optional.empty() : Optional.of(decoded(account[1])));
  }

  private static String decoded(String part) {
    try {
      // The decoder is one for forms, where a plus is a space.
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the user or the password of the URL has a % without two digits: write %25 for it");
    }
  }

  /**
   * Who connects, without the option: the user of the URL, else ODIN_USER, else for PostgreSQL
   * PGUSER, or with PGPASSWORD alone the user of the system, as in psql.
   *
   * @return empty if the JDBC URL has a user, or none of these is set
   */
  Optional<String> user(Map<String, String> environment) {
    if (user.isPresent() || JDBC_USER.matcher(jdbc).find()) {
      return user;
    }
    return variable(environment, "ODIN_USER")
        .or(() -> ofPostgres(environment, "PGUSER"))
        .or(
            () ->
                ofPostgres(environment, "PGPASSWORD")
                    .map(password -> System.getProperty("user.name")));
  }

  /**
   * The password, without the option: that of the URL, else ODIN_PASSWORD, else for PostgreSQL
   * PGPASSWORD; empty if none of these is set.
   */
  String password(Map<String, String> environment) {
    return password
        .or(() -> variable(environment, "ODIN_PASSWORD"))
        .or(() -> ofPostgres(environment, "PGPASSWORD"))
        .orElse("");
  }

  private Optional<String> ofPostgres(Map<String, String> environment, String name) {
    return jdbc.startsWith("jdbc:postgresql:") ? variable(environment, name) : Optional.empty();
  }

  /** The value of a variable; empty if it is not set or has no text. */
  static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
