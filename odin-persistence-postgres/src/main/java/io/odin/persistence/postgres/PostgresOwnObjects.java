package io.odin.persistence.postgres;

import io.odin.persistence.error.SchemaMismatchException;
import io.odin.persistence.sql.database.SchemaUse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** Runs 00_foreign_objects.sql, the file that psql runs, and reports what it refuses. */
final class PostgresOwnObjects {

  private static final String FILE = "/Schemas/PostgreSQL/00_foreign_objects.sql";
  private static final String REFUSED = "OD001";
  private static final String ADVICE =
      "What others have made would run with the rights of this account: find out who made it, and"
          + " drop it. If the tables are right and have another owner, connect as their owner";

  private PostgresOwnObjects() {}

  static void require(Connection connection, SchemaUse use) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(
          "SET odin.accept_owner = " + (use == SchemaUse.READ_AND_WRITE ? "'on'" : "DEFAULT"));
      statement.execute(check());
    } catch (SQLException e) {
      if (!REFUSED.equals(e.getSQLState())) {
        throw e;
      }
      throw new SchemaMismatchException(
          "an object of the schema", "only what its files make", refused(e), ADVICE);
    }
  }

  /** The first line: the driver adds the hint and the place in the block. */
  private static String refused(SQLException refusal) {
    String message = Objects.requireNonNullElse(refusal.getMessage(), "");
    return message.lines().findFirst().orElse("").replaceFirst("^[^:]*: ", "");
  }

  private static String check() {
    try (InputStream file =
        Objects.requireNonNull(PostgresOwnObjects.class.getResourceAsStream(FILE), FILE)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " of the jar cannot be read", e);
    }
  }
}
