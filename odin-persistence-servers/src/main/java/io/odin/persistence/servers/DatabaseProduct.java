package io.odin.persistence.servers;

import java.io.IOException;
import java.util.Map;

/** The databases of which a server can be started. */
public enum DatabaseProduct {
  POSTGRES,
  MYSQL;

  /**
   * Starts a server as a child process, on a free port of the loopback interface; takes a few
   * seconds, and more the first time.
   *
   * @param settings by the server's own names for them, as in its options file
   * @throws IOException if it does not start, saying what to do where something can be done
   */
  public DatabaseServer start(Durability durability, Map<String, String> settings)
      throws IOException {
    return switch (this) {
      case POSTGRES -> PostgresServer.start(durability, settings);
      case MYSQL -> MySqlServer.start(durability, settings);
    };
  }
}
