package io.odin.persistence.sql.database;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import java.sql.SQLException;

/** Refuses a pooler that gives one session of the server to several connections in turn. */
public final class OwnSession {

  private OwnSession() {}

  /**
   * Asks before a session has the library's settings, which such a pooler would give to others.
   *
   * @throws BackendFailureException if there is such a pooler
   */
  public static void require(PersistenceConfig config, Dialect dialect) throws SQLException {
    if (!dialect.connector().keepsSessions(ConnectionSource.plain(config, dialect))) {
      throw new BackendFailureException(
          "",
          "a pooler gives one session of the server to several connections, as PgBouncer does"
              + " with pool_mode = transaction: use its session mode, or connect to the server",
          null);
    }
  }
}
