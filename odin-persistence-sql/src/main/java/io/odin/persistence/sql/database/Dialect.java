package io.odin.persistence.sql.database;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.sql.connection.Connector;
import io.odin.persistence.sql.connection.MigrationLock;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;

/**
 * Where the databases truly differ: whole operations, each with the SQL that is right and fast
 * there. Everything else is written once, in the stores. A dialect answers, and works on plain JDBC
 * connections; {@link Session} decides when. Immutable and thread-safe.
 */
public interface Dialect {

  /** The name of the backend. */
  String name();

  /** How to get to the servers. */
  Connector connector();

  /** The artifact with the JDBC driver, as group and name with a colon between. */
  String driver();

  /** How the statements that are written once for all are written here. */
  SqlForms forms();

  /** How values are bound and read. */
  JdbcTypes values();

  /**
   * The driver's settings that are not the user's to choose, and for how long it tries to connect,
   * where it would try for very long.
   */
  Map<String, String> driverProperties(PersistenceConfig config);

  /**
   * The driver's settings for the connections of the pool alone, in addition: everything that is
   * sent on them comes from {@link Session}.
   */
  Map<String, String> poolProperties();

  /** What is run on each new connection: READ COMMITTED, UTC, timeouts. */
  String sessionSettings(PersistenceConfig config);

  /** The Liquibase changelog, as a resource of the backend's jar. */
  String changelog();

  /** The lock that all migrating processes take. */
  MigrationLock migrationLock();

  /**
   * Readies a connection and its database for migrating: changes may take long, an empty database
   * will have that number of shards, and what Liquibase would create in a way that servers refuse
   * is created.
   */
  void prepareMigration(Connection connection, int shardCount) throws SQLException;

  /**
   * The statement that says, on the connection that migrates, how many shards an empty database
   * will have.
   */
  String chooseShards(int shardCount);

  /**
   * Refuses a server that the backend does not work with.
   *
   * @throws io.odin.persistence.error.BackendFailureException saying what it is and what is needed
   */
  void requireSupported(Connection connection) throws SQLException;

  /**
   * Refuses what others have made under the names of the schema's objects, or have attached to
   * them, as far as the account can see it: it would run with the rights of the account.
   *
   * @throws io.odin.persistence.error.SchemaMismatchException naming it
   */
  void requireOwnObjects(Connection connection, SchemaUse use) throws SQLException;

  /** What only this database can get wrong, for the health check. */
  List<HealthProbe> probes(PersistenceConfig config);

  /**
   * The privileges that the account lacks, human-readable, each once.
   *
   * @param statements all that the stores send
   */
  List<String> missingPrivileges(Connection connection, List<Sql> statements) throws SQLException;

  /**
   * Lets the statements that follow on a connection of the pool be what the mode says. A connection
   * comes from the pool outside a transaction, in the mode that the backend left it in.
   */
  void setMode(Connection connection, StatementMode mode) throws SQLException;

  /**
   * How a single statement that writes is sent. It may commit itself where a connection that died
   * in the pool can be distinguished from one that dies during the statement; elsewhere it is a
   * transaction, so that only its end can be in doubt.
   *
   * @param connection which the dialect may look at, and may ask whether the server still answers
   * @param idleTime how long ago the server answered on it at the end of another operation
   */
  StatementMode writeMode(Connection connection, Duration idleTime) throws SQLException;

  /**
   * Steps that write something that no reader sees, so that the session's end waits for replicas as
   * that of any write does.
   */
  List<Step> confirmation();

  /**
   * Fails if the server has warned, with the commit that has just succeeded, that it may be lost:
   * its outcome is then unknown.
   */
  void requireDurable(Connection committed) throws SQLException;

  /**
   * What an exception of the driver means. The only place that knows SQLSTATEs and error numbers.
   */
  FailureKind classify(SQLException exception);

  /**
   * What to do about a failure of which the driver's message does not say it; empty for any other.
   */
  Optional<String> advice(SQLException exception);

  /** Whether an exception of the driver says that the account lacks a privilege. */
  boolean isDenied(SQLException exception);

  /**
   * Statements over many rows.
   *
   * @param renderer makes texts of the conditions in them
   */
  BulkStatements rows(Renderer renderer);

  /** How statements get to the server. */
  Pipeline pipeline();

  /** How processes send each other messages; empty if this database does not do it. */
  Optional<MessageChannel> messages();

  /**
   * Makes the transaction that begins now a read-only one whose statements all see the same moment.
   */
  Step beginSnapshot();

  /** What {@link Pipeline#search} sends before the query, human-readable. */
  List<Sql> searchStatements();

  /**
   * Whether a run passes a test on a search attribute, as a condition on the row of
   * visibility_records. Never true where the run has no value of the registered type, but for
   * {@code IsNull}; a caller that negates a test adds a condition that the value exists. The values
   * are bound at once. The condition, which may be made never, or used with other values, depends
   * on nothing but the attribute, the kind of test, and the types and number of the values.
   *
   * @param test a comparison that is not {@code !=}, or any other test, on that attribute
   * @param parameters what each value is bound with
   */
  Deferred<Condition> attribute(Attribute attribute, Test test, Parameters parameters);
}
