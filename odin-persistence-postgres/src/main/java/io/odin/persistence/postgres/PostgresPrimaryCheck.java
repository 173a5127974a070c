package io.odin.persistence.postgres;

import io.odin.persistence.sql.connection.PrimaryCheck;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Which server is the primary. Whether an operator lets it write is not asked. */
enum PostgresPrimaryCheck implements PrimaryCheck {
  /** The same for all servers. */
  INSTANCE;

  /** A server that recovers is a replica. */
  @Override
  public boolean isPrimary(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_is_in_recovery()")) {
      return row.next() && !row.getBoolean(1);
    }
  }

  /** A primary becomes a replica by being started again, which ends its sessions. */
  @Override
  public boolean isStillPrimary(Connection connection, Duration unasked) {
    return true;
  }
}
