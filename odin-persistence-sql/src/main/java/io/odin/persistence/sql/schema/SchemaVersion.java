package io.odin.persistence.sql.schema;

import static io.odin.persistence.sql.schema.OdinSchemaTable.ODIN_SCHEMA;
import static io.odin.persistence.sql.schema.OdinSchemaTable.VERSION;

import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Which version of the schema a database has: the last one that the schema's own files wrote down.
 */
final class SchemaVersion {

  /** The version that the stores work with. */
  static final int REQUIRED = 1;

  private SchemaVersion() {}

  /** The version; empty if there is no schema, or one whose installation broke off. */
  static OptionalInt read(Connection connection, Dialect dialect) throws SQLException {
    if (!hasTable(connection, ODIN_SCHEMA.getName())) {
      return OptionalInt.empty();
    }
    Sql newest =
        new Statements(dialect)
            .query("schema.version", DSL.select(DSL.max(VERSION).as(VERSION)).from(ODIN_SCHEMA));
    Step read =
        Step.query(
            newest,
            Binds.none(),
            row -> row.optional(VERSION).map(OptionalInt::of).orElseGet(OptionalInt::empty));
    return dialect
        .pipeline()
        .run(connection, List.of(read), Duration.ZERO)
        .getFirst()
        .rows(OptionalInt.class)
        .getFirst();
  }

  /** Names are names here; the driver takes them for patterns, in which an underscore fits all. */
  static boolean hasTable(Connection connection, String name) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    try (ResultSet tables =
        metaData.getTables(
            connection.getCatalog(),
            literal(metaData, connection.getSchema()),
            literal(metaData, name),
            null)) {
      return tables.next();
    }
  }

  private static @Nullable String literal(DatabaseMetaData metaData, @Nullable String name)
      throws SQLException {
    String escape = metaData.getSearchStringEscape();
    return name == null
        ? null
        : name.replace(escape, escape + escape)
            .replace("_", escape + "_")
            .replace("%", escape + "%");
  }
}
