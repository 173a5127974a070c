package io.odin.persistence.mysql;

import static java.util.Map.entry;

import io.odin.persistence.PersistenceConfig;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.SQLDialect;

/** What MySQL does in its own way. Immutable and thread-safe. */
public final class MySqlDialect implements Dialect {

  static final Map<String, String> DRIVER_PROPERTIES =
      Map.ofEntries(
          // An update that changes no value counts no row. This distinguishes a row that was
          // inserted from one that existed.
          entry("useAffectedRows", "true"),
          entry("rewriteBatchedStatements", "true"),
          entry("useServerPrepStmts", "true"),
          entry("cachePrepStmts", "true"),
          entry("prepStmtCacheSize", "500"),
          entry("prepStmtCacheSqlLimit", "16384"),
          // Nothing but this library changes its sessions: the driver need not ask the server.
          entry("useLocalSessionState", "true"),
          entry("connectionTimeZone", "UTC"),
          entry("forceConnectionTimeZoneToSession", "true"),
          // What the driver does anyway, so that no URL can cut texts or times.
          entry("characterEncoding", "UTF-8"),
          entry("sendFractionalSeconds", "true"),
          entry("connectionAttributes", "program_name:odin"));

  private static final String CONNECT_TIMEOUT = "connectTimeout";

  /** Time for a thread to take a connection again that it has just given back, and little more. */
  private static final Duration ANSWERED_JUST_NOW = Duration.ofMillis(5);

  private static final Sql SNAPSHOT =
      Sql.of("snapshot", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");

  private final JdbcTypes values = new MySqlJdbcTypes();
  private final BulkStatements rows = new MySqlBulkStatements();

  @Override
  public String name() {
    return "mysql";
  }

  @Override
  public String driver() {
    return "com.mysql:mysql-connector-j";
  }

  @Override
  public SQLDialect family() {
    return SQLDialect.MYSQL;
  }

  @Override
  public JdbcTypes values() {
    return values;
  }

  /**
   * The driver would try to connect for as long as the operating system does, which is minutes.
   * What it is given here counts for more than what the URL says.
   */
  @Override
  public Map<String, String> driverProperties(PersistenceConfig config) {
    Map<String, String> properties = new HashMap<>(DRIVER_PROPERTIES);
    if (!config.url().contains(CONNECT_TIMEOUT)) {
      properties.put(CONNECT_TIMEOUT, Long.toString(config.connectionTimeout().toMillis()));
    }
    return properties;
  }

  /**
   * READ COMMITTED, UTC, strict, and the timeouts. Waits for locks end after whole seconds, rounded
   * up. The statement timeout ends reads only: a write can be slow by waiting for locks, which has
   * its own limit, and by little else. Only MySQL runs what is in the comment, so that an older
   * server, or MariaDB, is refused for what it is and not for a setting that it lacks.
   */
  @Override
  public String sessionSettings(PersistenceConfig config) {
    return """
    SET SESSION time_zone = '+00:00',
        sql_mode = 'STRICT_TRANS_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO'
    /*!80019 , transaction_isolation = 'READ-COMMITTED', transaction_read_only = OFF,
        innodb_lock_wait_timeout = %1$d, lock_wait_timeout = %1$d, max_execution_time = %2$d */\
    """
        .formatted(seconds(config.lockTimeout()), config.statementTimeout().toMillis());
  }

  private static long seconds(Duration timeout) {
    return Math.ceilDiv(timeout.toMillis(), 1000);
  }

  @Override
  public String changelog() {
    return "io/odin/persistence/mysql/changelog.xml";
  }

  @Override
  public void prepareMigration(Connection connection, int shardCount) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // A process that migrates may wait long for another one that does, and a change of a large
      // table may take long.
      statement.execute(
          "SET SESSION lock_wait_timeout = 31536000, innodb_lock_wait_timeout = 1073741824,"
              + " max_execution_time = 0");
      // The one that 00_init.sql takes.
      statement.execute("DO GET_LOCK(CONCAT('odin:', LEFT(SHA2(DATABASE(), 256), 32)), -1)");
      statement.execute(chooseShards(shardCount));
    }
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
  public List<Finding> settings(Session session, PersistenceConfig config) throws SQLException {
    return MySqlHealth.settings(session, config.limits());
  }

  /** A round trip if the connection was last used to write. */
  @Override
  public void beginReading(Connection connection) throws SQLException {
    ofDriver(connection).setAutoCommit(true);
  }

  /**
   * The server ends a session silently, so that a connection which died while it was idle looks
   * like one that died during the statement. So a statement commits itself only where the server
   * has just answered, or answers now. On a connection that was last used for a transaction it is
   * another one: that is as many round trips as a ping, and leaves nothing in doubt either.
   */
  @Override
  public void beginStatement(Session session) throws SQLException {
    if (!session.connection().getAutoCommit()) {
      session.begin();
    } else if (session.idleTime().compareTo(ANSWERED_JUST_NOW) > 0) {
      ping(session.connection());
    }
  }

  private static void ping(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // What the driver takes for a ping, and does not send as a query.
      statement.execute("/* ping */ SELECT 1");
    }
  }

  /** A round trip if the connection was last used to read. */
  @Override
  public void beginTransaction(Connection connection) throws SQLException {
    ofDriver(connection).setAutoCommit(false);
  }

  /**
   * Returns the driver's connection, to change its mode without the pool's knowledge. The pool
   * would reset the mode after each use; here it stays as it was used last, and the next operation
   * of the same kind has nothing to send.
   */
  private static Connection ofDriver(Connection connection) throws SQLException {
    return connection.unwrap(Connection.class);
  }

  @Override
  public FailureKind classify(SQLException exception) {
    return MySqlErrors.classify(exception);
  }

  @Override
  public BulkStatements rows() {
    return rows;
  }

  /**
   * One after the other. The driver could send several as one text with the values written into it;
   * with several connections that is slower than statements that the server has prepared.
   */
  @Override
  public List<Step.Result> run(Session session, List<Step> steps) throws SQLException {
    List<Step.Result> results = new ArrayList<>(steps.size());
    for (Step step : steps) {
      results.add(session.run(step));
    }
    return results;
  }

  @Override
  public Step beginSnapshot() {
    return Step.change(SNAPSHOT, Binds.none());
  }

  @Override
  public void beginSearch(Session session) throws SQLException {
    beginReading(session.connection());
  }

  /** The server plans each run of a statement for its values anyway. */
  @Override
  public void search(Session session, Step query) throws SQLException {
    session.run(query);
  }

  @Override
  public List<Sql> searchStatements() {
    return List.of();
  }

  @Override
  public Condition attribute(Attribute attribute, Test test, Parameters parameters) {
    return new MySqlAttributes(attribute, parameters).of(test);
  }
}
