package io.odin.persistence.sql.schema;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.schema.SchemaStatus;
import io.odin.persistence.sql.database.ConnectionSource;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.ExceptionTranslator;
import io.odin.persistence.sql.database.OwnSession;
import io.odin.persistence.sql.database.SchemaUse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;

/**
 * Migrates with Liquibase, from the files in the backend's jar. Works without Liquibase as long as
 * the database has the schema that is needed. Thread-safe.
 */
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
    T run(ConnectionSource source, Connection connection) throws Exception;
  }

  @Override
  public SchemaStatus status() {
    return with(
        "schema status",
        (source, connection) -> {
          dialect.requireOwnObjects(connection, SchemaUse.READ_AND_WRITE);
          return status(connection);
        });
  }

  @Override
  public SchemaStatus migrate() {
    return with(
        "schema migration",
        (source, connection) -> {
          // Held no longer than the connection, however it ends: a process that is killed leaves
          // none behind. Liquibase, which would roll the settings back, starts later.
          MigrationTurn turn =
              MigrationTurn.await(connection, dialect.migrationLock(), config.migrationTimeout());
          try (turn) {
            dialect.requireOwnObjects(connection, SchemaUse.MIGRATE);
            requireNotNewer(SchemaVersion.read(connection, dialect));
            dialect.prepareMigration(connection, config.shardCount());
            update(source, connection);
            // Others may have been quicker, and the statements have bound names since.
            dialect.requireOwnObjects(connection, SchemaUse.MIGRATE);
            return status(connection);
          }
        });
  }

  private void update(ConnectionSource source, Connection connection) throws Exception {
    MigrationWatch watch = MigrationWatch.over(connection, source, dialect);
    try (watch) {
      new LiquibaseChangelog(dialect).update(connection);
    }
  }

  @Override
  public String migrationSql() {
    return with(
        "schema dry run",
        (source, connection) -> {
          dialect.requireOwnObjects(connection, SchemaUse.READ_AND_WRITE);
          if (isCurrentOrNewer(SchemaVersion.read(connection, dialect))) {
            return "";
          }
          String changes = new LiquibaseChangelog(dialect).sql(connection);
          return changes.isEmpty()
              ? ""
              : dialect.chooseShards(config.shardCount()) + ";\n" + changes;
        });
  }

  private SchemaStatus status(Connection connection) throws Exception {
    OptionalInt installed = SchemaVersion.read(connection, dialect);
    return new SchemaStatus(
        installed,
        SchemaVersion.REQUIRED,
        isCurrentOrNewer(installed)
            ? List.of()
            : new LiquibaseChangelog(dialect).pending(connection),
        installed.isPresent()
            ? OptionalInt.of(Math.toIntExact(OpenCheck.shards(connection, dialect)))
            : OptionalInt.empty());
  }

  private static boolean isCurrentOrNewer(OptionalInt installed) {
    return installed.isPresent() && installed.getAsInt() >= SchemaVersion.REQUIRED;
  }

  private static void requireNotNewer(OptionalInt installed) {
    if (installed.isPresent() && installed.getAsInt() > SchemaVersion.REQUIRED) {
      OpenCheck.requireSchema(installed);
    }
  }

  private <T> T with(String operation, Work<T> work) {
    ConnectionSource source = new ConnectionSource(config, dialect);
    try {
      OwnSession.require(config, dialect);
      return run(source, work);
    } catch (SQLException e) {
      throw ExceptionTranslator.translate(
          operation, dialect, ExceptionTranslator.Phase.BEFORE_COMMIT, e);
    } catch (PersistenceException e) {
      throw e;
    } catch (LinkageError e) {
      throw withoutLiquibase(operation, e);
    } catch (Exception e) {
      throw failure(operation, e);
    }
  }

  private <T> T run(ConnectionSource source, Work<T> work) throws Exception {
    try (Connection connection = source.getConnection()) {
      dialect.requireSupported(connection);
      return work.run(source, connection);
    }
  }

  /** An application may leave Liquibase out, or bring one that is too old. */
  private static PersistenceException withoutLiquibase(String operation, LinkageError e) {
    return new BackendFailureException(
        "",
        operation
            + " needs Liquibase 4.31 or later, of which this is missing: "
            + e.getMessage()
            + ". Add org.liquibase:liquibase-core to the class path, or migrate elsewhere, for"
            + " example with 00_init.sql",
        e);
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
