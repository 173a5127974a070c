package io.odin.persistence.sql.schema;

import static io.odin.persistence.sql.shard.HistoryShardsTable.HISTORY_SHARDS;
import static io.odin.persistence.sql.statement.Columns.number;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.SchemaMismatchException;
import io.odin.persistence.sql.database.ConnectionSource;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.ExceptionTranslator;
import io.odin.persistence.sql.database.OwnSession;
import io.odin.persistence.sql.database.SchemaUse;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Refuses databases that the stores would not work with, over a connection of its own. */
public final class OpenCheck {

  static final Field<Long> SHARDS = number("shards");

  private final PersistenceConfig config;
  private final Dialect dialect;

  /** Of the database of this configuration. */
  public OpenCheck(PersistenceConfig config, Dialect dialect) {
    this.config = config;
    this.dialect = dialect;
  }

  /**
   * Connects once and checks the server, the objects and the version of the schema, and the number
   * of shards.
   *
   * @throws SchemaMismatchException if the schema has another version or number of shards, or
   *     objects of others
   * @throws io.odin.persistence.error.UnavailableException if the database cannot be reached
   * @throws io.odin.persistence.error.BackendFailureException if the server is not supported
   */
  public void run() {
    ConnectionSource source = new ConnectionSource(config, dialect);
    try {
      OwnSession.require(config, dialect);
      check(source);
    } catch (SQLException e) {
      throw ExceptionTranslator.translate(
          "opening", dialect, ExceptionTranslator.Phase.BEFORE_COMMIT, e);
    }
  }

  private void check(ConnectionSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      dialect.requireSupported(connection);
      dialect.requireOwnObjects(connection, SchemaUse.READ_AND_WRITE);
      requireSchema(SchemaVersion.read(connection, dialect));
      requireShards(connection);
    }
  }

  static void requireSchema(OptionalInt installed) {
    int required = SchemaVersion.REQUIRED;
    if (installed.isEmpty()) {
      throw new SchemaMismatchException(
          "schema version",
          Integer.toString(required),
          "not there",
          "Migrate the database first: odin schema migrate, or run Schemas/*/00_init.sql");
    }
    if (installed.getAsInt() != required) {
      throw new SchemaMismatchException(
          "schema version",
          Integer.toString(required),
          Integer.toString(installed.getAsInt()),
          installed.getAsInt() < required
              ? "Migrate the database: odin schema migrate"
              : "The database was migrated by a newer release: run that one");
    }
  }

  /** How many shards a database with a schema has. */
  static long shards(Connection connection, Dialect dialect) throws SQLException {
    Sql count =
        new Statements(dialect)
            .query("shards.count", DSL.select(DSL.count().as(SHARDS)).from(HISTORY_SHARDS));
    Step counted = Step.query(count, Binds.none(), row -> row.get(SHARDS));
    return dialect
        .pipeline()
        .run(connection, List.of(counted), Duration.ZERO)
        .getFirst()
        .rows(Long.class)
        .getFirst();
  }

  private void requireShards(Connection connection) throws SQLException {
    long shards = shards(connection, dialect);
    if (shards != config.shardCount()) {
      throw new SchemaMismatchException(
          "shard count",
          Integer.toString(config.shardCount()),
          Long.toString(shards),
          "The count is fixed when the database is made: configure "
              + shards
              + " ("
              + PersistenceConfig.SHARD_COUNT_VARIABLE
              + "), or use another database");
    }
  }
}
