package io.odin.persistence.postgres;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.FailureKind;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.BulkStatements;
import io.odin.persistence.sql.statement.JdbcTypes;
import io.odin.persistence.sql.statement.Parameters;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.visibility.query.Condition.Test;
import io.odin.persistence.visibility.query.Field.Attribute;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.SQLDialect;

/** What PostgreSQL does in its own way. Immutable and thread-safe. */
public final class PostgresDialect implements Dialect {

  private static final int OLDEST_MAJOR_VERSION = 14;
  // The one that 00_init.sql takes.
  private static final long MIGRATION_LOCK = 1329875278L;
  private static final Sql SNAPSHOT =
      Sql.of("snapshot", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");

  /**
   * What {@link #sessionSettings} takes away, until the transaction ends. Compiling pays only for
   * queries that take longer than people wait.
   */
  private static final Sql FREE_PLANNER =
      Sql.of(
          "search",
          """
          SELECT set_config('enable_bitmapscan', 'on', true),
                 set_config('enable_sort', 'on', true),
                 set_config('plan_cache_mode', 'force_custom_plan', true),
                 set_config('jit', 'off', true)\
          """);

  private final JdbcTypes values = new PostgresJdbcTypes();
  private final BulkStatements rows = new PostgresBulkStatements();
  private final PostgresPipeline pipeline = new PostgresPipeline(values);

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public String driver() {
    return "org.postgresql:postgresql";
  }

  @Override
  public SQLDialect family() {
    return SQLDialect.POSTGRES;
  }

  @Override
  public JdbcTypes values() {
    return values;
  }

  @Override
  public Map<String, String> driverProperties(PersistenceConfig config) {
    return Map.of(
        "ApplicationName", "odin",
        // After a failover, do not settle on a replica when the URL names several hosts.
        "targetServerType", "primary",
        "tcpKeepAlive", "true",
        "prepareThreshold", "2");
  }

  /**
   * READ COMMITTED, UTC and the timeouts; and plans that stay right. The statements of the stores
   * each walk one index, so a plan is made once for each connection; that plan must not be one that
   * was cheap only because a table was empty then.
   */
  @Override
  public String sessionSettings(PersistenceConfig config) {
    return """
    SET default_transaction_isolation = 'read committed';
    SET default_transaction_read_only = off;
    SET time zone 'UTC';
    SET lock_timeout = %d;
    SET statement_timeout = %d;
    SET plan_cache_mode = force_generic_plan;
    SET enable_seqscan = off;
    SET enable_bitmapscan = off;
    SET enable_sort = off\
    """
        .formatted(config.lockTimeout().toMillis(), config.statementTimeout().toMillis());
  }

  @Override
  public String changelog() {
    return "io/odin/persistence/postgres/changelog.xml";
  }

  @Override
  public void prepareMigration(Connection connection, int shardCount) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // A process that migrates may wait long for another one that does, and a change of a large
      // table may take long.
      statement.execute("SET lock_timeout = 0; SET statement_timeout = 0");
      statement.execute("SELECT pg_advisory_lock(" + MIGRATION_LOCK + ")");
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
  }

  @Override
  public List<Finding> settings(Session session, PersistenceConfig config) throws SQLException {
    return PostgresHealth.settings(session, config);
  }

  /** The pool hands connections out like that. */
  @Override
  public void beginReading(Connection connection) {}

  /** The statement commits itself: the server says so when it ends a session. */
  @Override
  public void beginStatement(Session session) {}

  /** Costs nothing: the driver sends BEGIN with the first statement. */
  @Override
  public void beginTransaction(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
  }

  @Override
  public FailureKind classify(SQLException exception) {
    return PostgresErrors.classify(exception);
  }

  @Override
  public BulkStatements rows() {
    return rows;
  }

  @Override
  public List<Step.Result> run(Session session, List<Step> steps) throws SQLException {
    return pipeline.run(session.connection(), steps);
  }

  @Override
  public Step beginSnapshot() {
    return Step.change(SNAPSHOT, Binds.none());
  }

  /** A free plan lasts until the transaction ends. */
  @Override
  public void beginSearch(Session session) throws SQLException {
    session.begin();
    session.rollbackOnly();
  }

  @Override
  public void search(Session session, Step query) throws SQLException {
    pipeline.runOnce(
        session.connection(),
        List.of(Step.query(FREE_PLANNER, Binds.none(), row -> FREE_PLANNER), query));
  }

  @Override
  public List<Sql> searchStatements() {
    return List.of(FREE_PLANNER);
  }

  @Override
  public Condition attribute(Attribute attribute, Test test, Parameters parameters) {
    return new PostgresAttributes(attribute, parameters).of(test);
  }
}
