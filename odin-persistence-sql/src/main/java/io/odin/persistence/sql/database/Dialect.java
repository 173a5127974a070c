package io.odin.persistence.sql.database;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.health.HealthReport;
import io.odin.persistence.sql.statement.BulkStatements;
import io.odin.persistence.sql.statement.JdbcTypes;
import io.odin.persistence.sql.statement.Parameters;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.visibility.query.Condition.Test;
import io.odin.persistence.visibility.query.Field.Attribute;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.SQLDialect;

/**
 * Where the databases truly differ: whole operations, each with the SQL that is right and fast
 * there. Everything else is written once, in the stores. Immutable and thread-safe.
 */
public interface Dialect {

  /** The name of the backend. */
  String name();

  /** The artifact with the JDBC driver, as group and name with a colon between. */
  String driver();

  /** What jOOQ renders for. */
  SQLDialect family();

  /** How values are bound and read. */
  JdbcTypes values();

  /**
   * The driver's settings that are not the user's to choose, and for how long it tries to connect,
   * where it would try for very long.
   */
  Map<String, String> driverProperties(PersistenceConfig config);

  /** What is run on each new connection: READ COMMITTED, UTC, timeouts. */
  String sessionSettings(PersistenceConfig config);

  /** The Liquibase changelog, as a resource of the backend's jar. */
  String changelog();

  /**
   * Readies a connection for migrating: takes the lock that all migrating processes take, held
   * until the connection ends, and says how many shards an empty database is to have.
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

  /** What only this database's settings can get wrong, for the health check. */
  List<HealthReport.Finding> settings(Session session, PersistenceConfig config)
      throws SQLException;

  /** Lets each statement that follows on a connection of the pool be for itself: it reads. */
  void beginReading(Connection connection) throws SQLException;

  /** Readies a session for one {@link #search}: in a transaction only where that needs one. */
  void beginSearch(Session session) throws SQLException;

  /**
   * Readies a session for a statement that writes. It is left to commit itself where a connection
   * that died in the pool can be distinguished from one that dies over the statement; elsewhere a
   * transaction is {@linkplain Session#begin begun}, so that only its end can be in doubt.
   */
  void beginStatement(Session session) throws SQLException;

  /**
   * Makes one transaction of all that follows on a connection of the pool, until it is committed or
   * rolled back.
   */
  void beginTransaction(Connection connection) throws SQLException;

  /**
   * What an exception of the driver means. The only place that knows SQLSTATEs and error numbers.
   */
  FailureKind classify(SQLException exception);

  /** Statements over many rows. */
  BulkStatements rows();

  /** Sends the steps in order, in as few round trips as the driver allows. */
  List<Step.Result> run(Session session, List<Step> steps) throws SQLException;

  /**
   * Makes the transaction that begins now a read-only one whose statements all see the same moment.
   */
  Step beginSnapshot();

  /**
   * Runs a query whose conditions a user has composed, or that is rare and reads much, and the rest
   * of the transaction, with whatever plan suits the values; the stores' own statements each have
   * one right plan. One round trip, within a transaction or after {@link #beginSearch}.
   */
  void search(Session session, Step query) throws SQLException;

  /** What {@link #search} sends before the query, human-readable. */
  List<Sql> searchStatements();

  /**
   * Whether a run passes a test on a search attribute, as a condition on the row of
   * visibility_records. Never true where the run has no value of the registered type, but for
   * {@code IsNull}; a caller that negates a test adds a condition that the value exists.
   *
   * @param test a comparison that is not {@code !=}, or any other test, on that attribute
   * @param parameters what each value is bound with
   */
  Condition attribute(Attribute attribute, Test test, Parameters parameters);
}
