package io.odin.persistence.mysql;

import io.odin.persistence.Credentials;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running server on which tests make databases.
 *
 * @param place host and port
 * @param superuser who may make databases and accounts
 */
record MySqlServer(String place, Credentials superuser) {

  private static final Pattern URL =
      Pattern.compile(
          "jdbc:mysql://(?<place>[^/?]+)/[^?]*([?]user=(?<user>[^&]*)(&password=(?<password>.*))?)?");

  /** Plain text on the wire, so that a proxy of the kit can read along. */
  private static final String PARAMETERS = "?sslMode=DISABLED&allowPublicKeyRetrieval=true";

  /**
   * The server of a JDBC URL that says who connects: {@code
   * jdbc:mysql://host:port/?user=...&password=...}.
   */
  static MySqlServer at(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches() || matcher.group("user") == null) {
      throw new IllegalArgumentException(
          "a URL is wanted that looks like jdbc:mysql://localhost:3306/?user=root&password=...");
    }
    String password = matcher.group("password");
    return new MySqlServer(
        matcher.group("place"),
        new Credentials(matcher.group("user"), password == null ? "" : password));
  }

  /** The JDBC URL of a database on this server, without credentials. */
  String url(String name) {
    return "jdbc:mysql://" + place + "/" + name + PARAMETERS;
  }

  /** A new database that holds nothing, and an account of its own that may do anything there. */
  MySqlTckDatabase newDatabase() {
    String name = "odin_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    execute(
        // With a limit, and only so, the server counts the connections of an account.
        "CREATE USER %1$s IDENTIFIED BY '%1$s' WITH MAX_USER_CONNECTIONS 10000".formatted(name),
        "CREATE DATABASE " + name,
        "GRANT ALL ON %1$s.* TO %1$s".formatted(name),
        // Else only SUPER may make triggers and functions.
        "SET GLOBAL log_bin_trust_function_creators = ON");
    return new MySqlTckDatabase(this, name);
  }

  /** A connection as the superuser. */
  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), superuser.username(), superuser.password());
  }

  /** Runs statements as the superuser, each in a transaction of its own. */
  void execute(String... statements) {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the tests' server refused: " + e.getMessage(), e);
    }
  }

  /** The first column of a query with one parameter, as the superuser. */
  <T> List<T> column(Class<T> type, String query, String parameter) {
    try (Connection connection = connect("");
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> values = new ArrayList<>();
        while (rows.next()) {
          values.add(rows.getObject(1, type));
        }
        return values;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the tests' server refused: " + e.getMessage(), e);
    }
  }
}
