package io.odin.persistence.sql.schema;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.schema.SchemaStatus;
import io.odin.persistence.sql.database.ConnectionSource;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.ExceptionTranslator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.database.jvm.JdbcConnection;
import liquibase.lockservice.LockService;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.statement.SqlStatement;
import liquibase.ui.LoggerUIService;

/** Migrates with Liquibase, from the files in the backend's jar. Thread-safe. */
public final class SqlSchema implements Schema {

  private final PersistenceConfig config;
  private final Dialect dialect;

  /** Of the database of this configuration. */
  public SqlSchema(PersistenceConfig config, Dialect dialect) {
    this.config = config;
    this.dialect = dialect;
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(Connection connection, Liquibase liquibase) throws Exception;
  }

  @FunctionalInterface
  private interface Preparation {
    void of(Connection connection) throws SQLException;
  }

  @Override
  public SchemaStatus status() {
    return with("schema status", connection -> {}, this::status);
  }

  @Override
  public SchemaStatus migrate() {
    return with(
        "schema migration",
        // Takes a lock until the connection ends, however it ends: a process that is killed leaves
        // none behind. Liquibase is not there yet, which would roll the settings back.
        connection -> dialect.prepareMigration(connection, config.shardCount()),
        (connection, liquibase) -> {
          requireNotNewer(SchemaVersion.read(connection, dialect));
          // Every migrating process waits above; whoever still holds Liquibase's own lock row was
          // killed.
          LockService lock =
              LockServiceFactory.getInstance().getLockService(liquibase.getDatabase());
          if (lock.listLocks().length > 0) {
            lock.forceReleaseLock();
          }
          // Else it is printed on standard output.
          liquibase.setShowSummary(UpdateSummaryEnum.OFF);
          liquibase.update(new Contexts(), new LabelExpression());
          return status(connection, liquibase);
        });
  }

  @Override
  public String migrationSql() {
    return with(
        "schema dry run",
        connection -> {},
        (connection, liquibase) -> {
          List<ChangeSet> pending = pending(connection, liquibase);
          if (pending.isEmpty()) {
            return "";
          }
          StringBuilder sql = new StringBuilder(dialect.chooseShards(config.shardCount()));
          sql.append(";\n");
          for (ChangeSet change : pending) {
            sql.append("\n-- ").append(change.getId()).append("\n\n");
            for (Change part : change.getChanges()) {
              for (SqlStatement statement : part.generateStatements(liquibase.getDatabase())) {
                sql.append(statement).append(";\n");
              }
            }
          }
          return sql.toString();
        });
  }

  private SchemaStatus status(Connection connection, Liquibase liquibase) throws Exception {
    return new SchemaStatus(
        SchemaVersion.read(connection, dialect),
        SchemaVersion.REQUIRED,
        pending(connection, liquibase).stream().map(ChangeSet::getId).toList());
  }

  /**
   * Asks Liquibase only where it has been before: it would make its tables just to find them empty.
   */
  private List<ChangeSet> pending(Connection connection, Liquibase liquibase) throws Exception {
    OptionalInt installed = SchemaVersion.read(connection, dialect);
    if (installed.isPresent() && installed.getAsInt() >= SchemaVersion.REQUIRED) {
      return List.of();
    }
    return hasChangelog(connection)
        ? liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression())
        : liquibase.getDatabaseChangeLog().getChangeSets();
  }

  /** Liquibase writes the name in capitals; some databases keep it so, others in small letters. */
  private static boolean hasChangelog(Connection connection) throws SQLException {
    return SchemaVersion.hasTable(connection, "DATABASECHANGELOG")
        || SchemaVersion.hasTable(connection, "databasechangelog");
  }

  private static void requireNotNewer(OptionalInt installed) {
    if (installed.isPresent() && installed.getAsInt() > SchemaVersion.REQUIRED) {
      OpenCheck.requireSchema(installed);
    }
  }

  private <T> T with(String operation, Preparation preparation, Work<T> work) {
    ClassLoaderResourceAccessor files =
        new ClassLoaderResourceAccessor(dialect.getClass().getClassLoader());
    try (Connection connection = new ConnectionSource(config, dialect).getConnection()) {
      dialect.requireSupported(connection);
      preparation.of(connection);
      // Liquibase reports to the console unless told otherwise.
      return Scope.child(
          Map.of(
              Scope.Attr.ui.name(),
              new LoggerUIService(),
              Scope.Attr.logService.name(),
              new LiquibaseLog(),
              Scope.Attr.resourceAccessor.name(),
              files,
              // It would report to its makers over the network.
              AnalyticsArgs.ENABLED.getKey(),
              false),
          () -> {
            try (Liquibase liquibase =
                new Liquibase(dialect.changelog(), files, new JdbcConnection(connection))) {
              return work.run(connection, liquibase);
            }
          });
    } catch (SQLException e) {
      throw ExceptionTranslator.translate(
          operation, dialect, ExceptionTranslator.Phase.BEFORE_COMMIT, e);
    } catch (PersistenceException e) {
      throw e;
    } catch (Exception e) {
      throw failure(operation, e);
    }
  }

  /** Liquibase wraps what the database said several times, and adds the whole file it was at. */
  private PersistenceException failure(String operation, Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        return ExceptionTranslator.translate(
            operation, dialect, ExceptionTranslator.Phase.BEFORE_COMMIT, refused);
      }
    }
    return new BackendFailureException("", operation + " failed: " + e.getMessage(), e);
  }
}
