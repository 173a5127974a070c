package io.odin.persistence.sql.tests;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.sql.database.ConnectionSource;
import io.odin.persistence.sql.database.Dialect;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection as the stores have them, for looking at what the server does with it. */
public final class StoreConnection {

  private StoreConnection() {}

  /** Opens a connection; the caller closes it. */
  public static Connection open(Dialect dialect, PersistenceConfig config) throws SQLException {
    return new ConnectionSource(config, dialect).getConnection();
  }
}
