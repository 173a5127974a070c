package io.odin.persistence.mysql;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.sql.connection.Connector;
import io.odin.persistence.sql.connection.MigrationLock;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.FailureKind;
import io.odin.persistence.sql.database.HealthProbe;
import io.odin.persistence.sql.database.MessageChannel;
import io.odin.persistence.sql.database.Pipeline;
import io.odin.persistence.sql.database.SchemaUse;
import io.odin.persistence.sql.database.StatementMode;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.BulkStatements;
import io.odin.persistence.sql.statement.Deferred;
import io.odin.persistence.sql.statement.JdbcTypes;
import io.odin.persistence.sql.statement.Parameters;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.SqlForms;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.visibility.query.Condition.Test;
import io.odin.persistence.visibility.query.Field.Attribute;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;

/** What MySQL does in its own way. Immutable and thread-safe. */
public final class MySqlDialect implements Dialect {

  /** Time for a thread to take a connection again that it has just given back, and little more. */
  private static final Duration ANSWERED_JUST_NOW = Duration.ofMillis(5);

  private static final Sql SNAPSHOT =
      Sql.of("snapshot", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");

  private static final UUID NO_NAMESPACE = new UUID(0, 0);
  private static final Sql CONFIRM =
      Sql.of(
          "confirm.insert",
          """
          INSERT INTO applied_writes (namespace_id, write_id, content_hash)
          VALUES (:namespace_id, :write_id, :content_hash)\
          """);
  private static final Sql CONFIRMED =
      Sql.of(
          "confirm.delete",
          """
          DELETE FROM applied_writes
           WHERE namespace_id = :namespace_id AND write_id = :write_id\
          """);

  private final MySqlConnector connector = new MySqlConnector();
  private final MigrationLock migrationLock = new MySqlMigrationLock();
  private final JdbcTypes values = new MySqlJdbcTypes();
  private final SqlForms forms = new MySqlForms();
  private final Pipeline pipeline;

  /** Chooses how to send statements by the time of a round trip. */
  public MySqlDialect() {
    this(MySqlPipeline.FAR);
  }

  /**
   * For tests.
   *
   * @param far from which round trip on a server is far
   */
  MySqlDialect(Duration far) {
    pipeline = new MySqlPipeline(values, far);
  }

  @Override
  public String name() {
    return "mysql";
  }

  @Override
  public Connector connector() {
    return connector;
  }

  @Override
  public String driver() {
    return "com.mysql:mysql-connector-j";
  }

  @Override
  public SqlForms forms() {
    return forms;
  }

  @Override
  public JdbcTypes values() {
    return values;
  }

  @Override
  public Map<String, String> driverProperties(PersistenceConfig config) {
    return MySqlConnector.PROPERTIES;
  }

  @Override
  public Map<String, String> poolProperties() {
    return MySqlPipeline.PROPERTIES;
  }

  @Override
  public String sessionSettings(PersistenceConfig config) {
    return connector.sessionSettings(config);
  }

  @Override
  public String changelog() {
    return "io/odin/persistence/mysql/changelog.xml";
  }

  @Override
  public MigrationLock migrationLock() {
    return migrationLock;
  }

  @Override
  public void prepareMigration(Connection connection, int shardCount) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // A change of a large table may take long, and may wait for those who use it.
      statement.execute(
          "SET SESSION lock_wait_timeout = 31536000, innodb_lock_wait_timeout = 1073741824,"
              + " max_execution_time = 0");
      statement.execute(chooseShards(shardCount));
    }
    MySqlChangelogTable.prepare(connection);
  }

  @Override
  public String chooseShards(int shardCount) {
    return "SET @odin_shard_count = " + shardCount;
  }

  @Override
  public void requireSupported(Connection connection) throws SQLException {
    MySqlRequirements.check(connection);
  }

  @Override
  public void requireOwnObjects(Connection connection, SchemaUse use) throws SQLException {
    MySqlOwnObjects.require(connection, use);
  }

  @Override
  public List<HealthProbe> probes(PersistenceConfig config) {
    return MySqlHealth.probes(config.limits());
  }

  @Override
  public List<String> missingPrivileges(Connection connection, List<Sql> statements)
      throws SQLException {
    return MySqlPrivileges.missing(connection, statements);
  }

  /**
   * A round trip if the connection was last used in the other mode. The mode is set on the driver's
   * connection, without the pool's knowledge, which would reset it after each use: so the next
   * operation of the same kind has nothing to send.
   */
  @Override
  public void setMode(Connection connection, StatementMode mode) throws SQLException {
    connection.unwrap(Connection.class).setAutoCommit(mode == StatementMode.AUTOCOMMIT);
  }

  /**
   * The server ends a session silently, so that a connection which died while it was idle looks
   * like one that died during the statement. So a statement commits itself only where the server
   * has just answered, or answers now. On a connection that was last used for a transaction it is
   * another one: that is as many round trips as a ping, and leaves nothing in doubt either.
   */
  @Override
  public StatementMode writeMode(Connection connection, Duration idleTime) throws SQLException {
    if (!connection.getAutoCommit()) {
      return StatementMode.TRANSACTION;
    }
    if (idleTime.compareTo(ANSWERED_JUST_NOW) > 0) {
      MySqlProbe.ping(connection);
    }
    return StatementMode.AUTOCOMMIT;
  }

  /** A row that the same transaction removes: the binary log has both, and no reader sees it. */
  @Override
  public List<Step> confirmation() {
    Binds row =
        Binds.of("namespace_id", NO_NAMESPACE)
            .and("write_id", UUID.randomUUID())
            .and("content_hash", Bytes.empty());
    return List.of(Step.change(CONFIRM, row), Step.change(CONFIRMED, row));
  }

  /** A commit that no longer waits for a replica is not announced to the client. */
  @Override
  public void requireDurable(Connection committed) {}

  @Override
  public FailureKind classify(SQLException exception) {
    return MySqlErrors.classify(exception);
  }

  @Override
  public Optional<String> advice(SQLException exception) {
    return MySqlErrors.advice(exception);
  }

  @Override
  public boolean isDenied(SQLException exception) {
    return MySqlErrors.isDenied(exception);
  }

  @Override
  public BulkStatements rows(Renderer renderer) {
    return new MySqlBulkStatements(renderer);
  }

  /** The server plans each run of a statement for its values, searches or not. */
  @Override
  public Pipeline pipeline() {
    return pipeline;
  }

  /** A session of MySQL receives nothing that it has not asked for. */
  @Override
  public Optional<MessageChannel> messages() {
    return Optional.empty();
  }

  @Override
  public Step beginSnapshot() {
    return Step.change(SNAPSHOT, Binds.none());
  }

  @Override
  public List<Sql> searchStatements() {
    return List.of();
  }

  @Override
  public Deferred<Condition> attribute(Attribute attribute, Test test, Parameters parameters) {
    return new MySqlAttributes(attribute, parameters).of(test);
  }
}
