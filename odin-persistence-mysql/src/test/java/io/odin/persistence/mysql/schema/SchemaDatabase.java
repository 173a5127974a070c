package io.odin.persistence.mysql.schema;

import io.odin.persistence.mysql.TestMySql;
import io.odin.persistence.servers.MySqlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A database on which the files of the schema are run as an administrator runs them. */
final class SchemaDatabase implements AutoCloseable {

  private final MySqlServer server;
  private final String name;

  private SchemaDatabase(MySqlServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /** A new database that holds nothing. */
  static SchemaDatabase empty() {
    String name = "odin_test_" + UUID.randomUUID().toString().replace("-", "");
    SchemaDatabase database = new SchemaDatabase(TestMySql.server(), name);
    database.onTheServer("CREATE DATABASE " + name);
    return database;
  }

  /** A new database with the whole schema. */
  static SchemaDatabase complete() {
    SchemaDatabase database = empty();
    database.initOverJdbc();
    return database;
  }

  String url() {
    return server.url(name);
  }

  boolean hasClient() {
    return !server.client().isEmpty();
  }

  /**
   * Runs 00_init.sql by the mysql client.
   *
   * @return what the client printed
   */
  String initByClient(String... options) {
    List<String> command = new ArrayList<>(server.client());
    command.addAll(List.of("--loose-commands", "--database=" + name));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(SchemaScript.INIT.file().toFile().getParentFile())
            .redirectInput(SchemaScript.INIT.file().toFile())
            .redirectErrorStream(true);
    builder.environment().put("MYSQL_PWD", server.password());
    try {
      Process client = builder.start();
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs 00_init.sql with the driver.
   *
   * @param before statements that are run on the same connection first
   */
  void initOverJdbc(String... before) {
    List<String> statements = new ArrayList<>(List.of(before));
    statements.addAll(SchemaScript.INIT.statements());
    execute(statements);
  }

  /** Runs statements on one connection. */
  void execute(List<String> statements) {
    try (Connection connection = connect(name, server.user(), server.password())) {
      run(connection, statements);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Runs statements as an account that was made by {@link #onTheServer}. */
  void executeAs(String user, String password, List<String> statements) throws SQLException {
    try (Connection connection = connect(name, user, password)) {
      run(connection, statements);
    }
  }

  private static void run(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of a query, as text. */
  List<String> column(String query) {
    try (Connection connection = connect(name, server.user(), server.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Runs statements in no database of the tests; {@code %s} is the name of this one. */
  void onTheServer(String... statements) {
    try (Connection connection = connect("", server.user(), server.password())) {
      for (String statement : statements) {
        run(connection, List.of(statement.replace("%s", name)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private Connection connect(String database, String user, String password) throws SQLException {
    String url = server.url(database);
    return DriverManager.getConnection(
        url
            + (url.contains("?") ? "&" : "?")
            + "allowMultiQueries=true&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true",
        user,
        password);
  }

  @Override
  public void close() {
    onTheServer("DROP DATABASE " + name);
  }
}
