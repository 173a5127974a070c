package io.odin.persistence.postgres;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
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
import io.odin.persistence.visibility.query.Condition.Test;
import io.odin.persistence.visibility.query.Field.Attribute;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;

/** What PostgreSQL does in its own way. Immutable and thread-safe. */
public final class PostgresDialect implements Dialect {

  private static final int OLDEST_MAJOR_VERSION = 14;
  private static final String NO_SCHEMA = "3F000";
  private static final Sql SNAPSHOT =
      Sql.of("snapshot", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");

  /**
   * A record in the write-ahead log that has no reader. A commit without one waits for no replica.
   */
  private static final Sql CONFIRM =
      Sql.of("confirm", "SELECT pg_logical_emit_message(true, 'odin', '')");

  private final Connector connector = new PostgresConnector();
  private final MigrationLock migrationLock = new PostgresMigrationLock();
  private final JdbcTypes values = new PostgresJdbcTypes();
  private final SqlForms forms = new PostgresForms();
  private final Pipeline pipeline = new PostgresPipeline(values);

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public Connector connector() {
    return connector;
  }

  @Override
  public String driver() {
    return "org.postgresql:postgresql";
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
    return PostgresConnector.PROPERTIES;
  }

  @Override
  public Map<String, String> poolProperties() {
    return Map.of();
  }

  @Override
  public String sessionSettings(PersistenceConfig config) {
    return PostgresSettings.ofStores(config);
  }

  @Override
  public String changelog() {
    return "io/odin/persistence/postgres/changelog.xml";
  }

  @Override
  public MigrationLock migrationLock() {
    return migrationLock;
  }

  @Override
  public void prepareMigration(Connection connection, int shardCount) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // A change of a large table may take long, and may wait for those who use it.
      statement.execute("SET lock_timeout = 0; SET statement_timeout = 0");
      statement.execute(chooseShards(shardCount));
    }
  }

  @Override
  public String chooseShards(int shardCount) {
    return "SET odin.shard_count = '%d'".formatted(shardCount);
  }

  @Override
  public void requireSupported(Connection connection) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST_MAJOR_VERSION) {
      throw new BackendFailureException(
          "",
          "this is PostgreSQL %d, and version %d or later is needed: upgrade the server"
              .formatted(version, OLDEST_MAJOR_VERSION),
          null);
    }
    if (connection.getSchema() == null) {
      throw new BackendFailureException(
          NO_SCHEMA,
          "there is no schema of the names in the search path: create it, or correct currentSchema"
              + " in the URL or the search_path of the role",
          null);
    }
  }

  @Override
  public void requireOwnObjects(Connection connection, SchemaUse use) throws SQLException {
    PostgresOwnObjects.require(connection, use);
  }

  @Override
  public List<HealthProbe> probes(PersistenceConfig config) {
    return PostgresHealth.probes(config);
  }

  @Override
  public List<String> missingPrivileges(Connection connection, List<Sql> statements)
      throws SQLException {
    return PostgresPrivileges.missing(connection);
  }

  /**
   * The pool hands connections out so that each statement commits itself. A transaction costs
   * nothing: the driver sends BEGIN with the first statement.
   */
  @Override
  public void setMode(Connection connection, StatementMode mode) throws SQLException {
    if (mode == StatementMode.TRANSACTION) {
      connection.setAutoCommit(false);
    }
  }

  /** The statement commits itself: the server says so when it ends a session. */
  @Override
  public StatementMode writeMode(Connection connection, Duration idleTime) {
    return StatementMode.AUTOCOMMIT;
  }

  @Override
  public List<Step> confirmation() {
    return List.of(Step.query(CONFIRM, Binds.none(), row -> CONFIRM));
  }

  @Override
  public void requireDurable(Connection committed) throws SQLException {
    PostgresDurability.require(committed.getWarnings());
  }

  @Override
  public FailureKind classify(SQLException exception) {
    return PostgresErrors.classify(exception);
  }

  @Override
  public Optional<String> advice(SQLException exception) {
    return PostgresErrors.advice(exception);
  }

  @Override
  public boolean isDenied(SQLException exception) {
    return PostgresErrors.isDenied(exception);
  }

  @Override
  public BulkStatements rows(Renderer renderer) {
    return new PostgresBulkStatements(renderer);
  }

  @Override
  public Pipeline pipeline() {
    return pipeline;
  }

  @Override
  public Optional<MessageChannel> messages() {
    return Optional.of(PostgresNotifications.INSTANCE);
  }

  @Override
  public Step beginSnapshot() {
    return Step.change(SNAPSHOT, Binds.none());
  }

  @Override
  public List<Sql> searchStatements() {
    return List.of(PostgresPipeline.FREE_PLANNER);
  }

  @Override
  public Deferred<Condition> attribute(Attribute attribute, Test test, Parameters parameters) {
    return new PostgresAttributes(attribute, parameters).of(test);
  }
}
