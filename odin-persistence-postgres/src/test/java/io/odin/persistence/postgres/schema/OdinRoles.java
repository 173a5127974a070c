package io.odin.persistence.postgres.schema;

import io.odin.persistence.Credentials;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** The roles of optional/roles.sql, which belong to all databases of a server. */
enum OdinRoles {
  /** Owns the schema. */
  ODIN_MIGRATOR,
  /** What the library needs. */
  ODIN_APP,
  /** Looks at things. */
  ODIN_READONLY;

  /** Runs the script, and gives each role a password. */
  static void grant(PersistenceConfig superuser) {
    Credentials credentials = superuser.credentials().get();
    try (Connection connection =
            DriverManager.getConnection(
                superuser.url(), credentials.username(), credentials.password());
        Statement statement = connection.createStatement()) {
      statement.execute(SchemaScript.ROLES.text());
      for (OdinRoles role : values()) {
        statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(role.user(), role.password()));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the roles could not be made: " + e.getMessage(), e);
    }
  }

  /** Removes the roles from a server on whose databases they have no rights any more. */
  static void drop(PostgresServer server) {
    for (OdinRoles role : values()) {
      server.execute("DROP ROLE IF EXISTS " + role.user());
    }
  }

  /** How to log in as this role, once it has been granted. */
  Credentials credentials() {
    return new Credentials(user(), password());
  }

  private String user() {
    return name().toLowerCase(Locale.ROOT);
  }

  private String password() {
    return "password of " + user();
  }

  /** The same database as this role. */
  PersistenceConfig as(PersistenceConfig config) {
    return config.toBuilder().credentials(this::credentials).build();
  }
}
