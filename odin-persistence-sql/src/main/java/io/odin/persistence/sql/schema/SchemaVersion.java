package io.odin.persistence.sql.schema;

import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.jooq.impl.DSL;

/**
 * Which version of the schema a database has: the last one that the schema's own files wrote down.
 */
final class SchemaVersion {

  /** The version that the stores work with. */
  static final int REQUIRED = 1;

  private static final String TABLE = "odin_schema";

  private SchemaVersion() {}

  /** The version; empty if there is no schema, or one whose installation broke off. */
  static OptionalInt read(Connection connection, Dialect dialect) throws SQLException {
    if (!hasTable(connection, TABLE)) {
      return OptionalInt.empty();
    }
    Sql newest =
        new Statements(dialect)
            .query(
                "schema.version",
                DSL.select(DSL.max(column("version")).as("version")).from(table(TABLE)));
    return Session.on(connection, dialect)
        .query(newest, Binds.none(), row -> row.optionalNumber("version"))
        .stream()
        .flatMapToInt(version -> version.stream().mapToInt(Math::toIntExact))
        .findFirst();
  }

  static boolean hasTable(Connection connection, String name) throws SQLException {
    try (ResultSet tables =
        connection
            .getMetaData()
            .getTables(connection.getCatalog(), connection.getSchema(), name, null)) {
      return tables.next();
    }
  }
}
