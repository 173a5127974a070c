package io.odin.persistence.postgres.schema;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.postgres.PostgresTckDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * A login without any grant, on a database in whose schema everyone may create: PostgreSQL 14 makes
 * them so, and an upgrade keeps it.
 */
public final class ForeignLogin implements AutoCloseable {

  private static final String PASSWORD = "of a foreign login";

  private final PostgresTckDatabase database;
  private final String name;

  private ForeignLogin(PostgresTckDatabase database, String name) {
    this.database = database;
    this.name = name;
  }

  public static ForeignLogin on(PostgresTckDatabase database) {
    String name = "mallory_" + UUID.randomUUID().toString().substring(0, 8);
    database.execute(
        "ALTER SCHEMA public OWNER TO " + database.server().superuser().username(),
        "GRANT CREATE ON SCHEMA public TO PUBLIC",
        "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, PASSWORD));
    return new ForeignLogin(database, name);
  }

  public String name() {
    return name;
  }

  /** The database as this login. */
  public PersistenceConfig config() {
    return database.config().toBuilder().credentials(name, PASSWORD).build();
  }

  /** Runs statements, each in a transaction of its own. */
  public void execute(String... statements) {
    try (Connection connection =
            DriverManager.getConnection(database.config().url(), name, PASSWORD);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the foreign login was refused: " + e.getMessage(), e);
    }
  }

  /** Drops all that she has made. */
  public void dropAll() {
    database.execute("DROP OWNED BY " + name + " CASCADE");
  }

  /** Removes the login with what it owns. */
  @Override
  public void close() {
    dropAll();
    database.execute("DROP ROLE " + name);
  }
}
