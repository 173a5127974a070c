package io.odin.persistence.postgres;

import io.odin.persistence.Credentials;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running server on which tests make databases.
 *
 * @param place host and port
 * @param database one that exists, from which others are made
 * @param parameters of every URL, with their question mark, or empty
 * @param superuser who may make databases and roles
 */
public record PostgresServer(
    String place, String database, String parameters, Credentials superuser) {

  private static final String PREFIX = "odin_test_";
  private static final Pattern URL =
      Pattern.compile("jdbc:postgresql://(?<place>[^/?]+)/(?<database>[^?]+)(?<parameters>[?].*)?");

  /**
   * The server of a JDBC URL that says who connects: {@code
   * jdbc:postgresql://host:port/database?user=...&password=...}.
   */
  static PostgresServer at(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a URL is wanted that looks like"
              + " jdbc:postgresql://localhost:5432/postgres?user=postgres&password=...");
    }
    String user = "";
    String password = "";
    StringBuilder others = new StringBuilder();
    String parameters = matcher.group("parameters");
    if (parameters != null) {
      for (String parameter : parameters.substring(1).split("&", -1)) {
        if (parameter.startsWith("user=")) {
          user = parameter.substring("user=".length());
        } else if (parameter.startsWith("password=")) {
          password = parameter.substring("password=".length());
        } else {
          others.append(others.isEmpty() ? '?' : '&').append(parameter);
        }
      }
    }
    String place = matcher.group("place");
    return new PostgresServer(
        place.contains(":") ? place : place + ":5432",
        matcher.group("database"),
        others.toString(),
        new Credentials(user, password));
  }

  /** The JDBC URL of a database on this server, without credentials. */
  String url(String name) {
    return "jdbc:postgresql://" + place + "/" + name + parameters;
  }

  /** A new database that holds nothing, in UTF8. */
  PostgresTckDatabase newDatabase() {
    String name = PREFIX + UUID.randomUUID().toString().replace("-", "");
    execute("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'");
    return new PostgresTckDatabase(this, name);
  }

  /** Whether {@link #newDatabase} has made the database of this name. */
  public boolean isOfTests(String name) {
    return name.startsWith(PREFIX);
  }

  /** A connection to the database that was there before, as the superuser. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(database), superuser.username(), superuser.password());
  }

  /** Runs statements as the superuser, each in a transaction of its own. */
  public void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the tests' server refused: " + e.getMessage(), e);
    }
  }
}
