package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.servers.DatabaseProduct;
import io.odin.persistence.servers.DatabaseServer;
import io.odin.persistence.servers.Durability;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on whose databases commands are run. */
final class TestServer implements AutoCloseable {

  private final DatabaseServer server;
  private final AtomicInteger databases = new AtomicInteger();

  private TestServer(DatabaseServer server) {
    this.server = server;
  }

  static TestServer start(DatabaseProduct product) throws IOException {
    return new TestServer(product.start(Durability.NONE, Map.of()));
  }

  /** For statements about the server itself. */
  String url() {
    return server.url();
  }

  String url(String database) {
    return server.url(database);
  }

  String user() {
    return server.user();
  }

  /** The URL of a new database that holds nothing. */
  String emptyDatabase() throws SQLException {
    return server.create("cli_" + databases.incrementAndGet());
  }

  /** Runs a command on a database, as the one who may do everything. */
  CommandResult on(String url, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--url", url, "--user", server.user()));
    return CommandResult.of(arguments.toArray(String[]::new));
  }

  void execute(String url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one value that a query returns, as text. */
  String ask(String url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }

  private Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, server.user(), server.password());
  }

  @Override
  public void close() {
    server.close();
  }
}
