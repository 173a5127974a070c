package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceSettings.Archival;
import io.odin.persistence.servers.DatabaseProduct;
import io.odin.persistence.servers.DatabaseServer;
import io.odin.persistence.servers.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The servers on whose databases commands are run. Each is started when it is first needed and
 * stopped with the JVM.
 */
enum TestServer {
  POSTGRES(DatabaseProduct.POSTGRES),
  MYSQL(DatabaseProduct.MYSQL);

  private static final Map<TestServer, DatabaseServer> RUNNING = new EnumMap<>(TestServer.class);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final DatabaseProduct product;

  TestServer(DatabaseProduct product) {
    this.product = product;
  }

  private DatabaseServer server() {
    synchronized (RUNNING) {
      return RUNNING.computeIfAbsent(this, TestServer::start);
    }
  }

  private static DatabaseServer start(TestServer server) {
    try {
      return server.product.start(Durability.NONE, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URL for statements about the server itself. */
  String url() {
    return server().url();
  }

  String url(String database) {
    return server().url(database);
  }

  /** Who may do everything. */
  String user() {
    return server().user();
  }

  /** The URL of a new database that holds nothing. */
  String emptyDatabase() throws SQLException {
    return server().create("cli_" + DATABASES.incrementAndGet());
  }

  /** The URL of a new database with the schema and that number of shards. */
  String migratedDatabase(int shards) throws SQLException {
    String url = emptyDatabase();
    CommandResult result = on(url, "schema", "migrate", "--shards", Integer.toString(shards));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return url;
  }

  /** Runs a command on a database, as the one who may do everything. */
  CommandResult on(String url, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--url", url, "--user", user()));
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

  /**
   * How many rows there are.
   *
   * @param rows a table, and a condition if not all of them count
   */
  long count(String url, String rows) throws SQLException {
    return Long.parseLong(ask(url, "SELECT count(*) FROM " + rows));
  }

  /** Makes all shards those of an engine that is alive. */
  void holdShards(String url) throws SQLException {
    execute(
        url,
        "UPDATE history_shards SET owner_identity = 'engine', fence_token = 1,"
            + " shard_owner_lease_expiry = CURRENT_TIMESTAMP + INTERVAL '1' DAY");
  }

  /** Adds a namespace, and in it five runs that ended long ago and five that have just ended. */
  void addRuns(String url, String namespace, NamespaceSettings settings) throws SQLException {
    execute(
        url,
        "INSERT INTO namespaces (namespace_name, retention_days, history_archival_enabled)"
            + " VALUES ('%s', %d, %s)"
                .formatted(
                    namespace,
                    settings.retentionDays(),
                    settings.historyArchival() == Archival.ENABLED));
    execute(
        url,
        """
        INSERT INTO workflow_executions (namespace_id, workflow_id, workflow_type, task_queue, workflow_state, shard_id,
                                         completed_at)
        WITH RECURSIVE numbers AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < 10)
        SELECT namespace_id, concat('order-', n), 'OrderWorkflow', 'orders', 'completed',
               calculate_shard_id(concat('order-', n), odin_shard_count()),
               CASE WHEN n %% 2 = 0 THEN CURRENT_TIMESTAMP ELSE CURRENT_TIMESTAMP - INTERVAL '99' DAY END
        FROM numbers, namespaces
        WHERE namespace_name = '%s'\
        """
            .formatted(namespace));
  }

  private Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, user(), server().password());
  }
}
