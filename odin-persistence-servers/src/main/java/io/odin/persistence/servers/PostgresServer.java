package io.odin.persistence.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A running PostgreSQL server out of a jar, as a child process with data of its own. */
public final class PostgresServer implements DatabaseServer {

  private final EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts a server on a free port of the loopback interface; takes a few seconds.
   *
   * @param settings by name, as in postgresql.conf
   * @throws IOException if it does not start
   */
  public static PostgresServer start(Durability durability, Map<String, String> settings)
      throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setLocaleConfig("locale", "C")
            .setServerConfig("shared_buffers", "256MB")
            .setServerConfig("max_wal_size", "2GB");
    durability.postgresSettings().forEach(builder::setServerConfig);
    settings.forEach(builder::setServerConfig);
    try {
      return new PostgresServer(builder.start());
    } catch (IOException | IllegalStateException | ExceptionInInitializerError e) {
      // The last two are what the server's library throws when unpacking, initdb or pg_ctl fails.
      throw new IOException("PostgreSQL did not start: " + e.getMessage(), e);
    }
  }

  /** The JDBC URL of the database {@code postgres}, without credentials. */
  @Override
  public String url() {
    return url("postgres");
  }

  @Override
  public String url(String database) {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
  }

  /** The superuser. */
  @Override
  public String user() {
    return "postgres";
  }

  /** Empty: the server asks for none. */
  @Override
  public String password() {
    return "";
  }

  /** Stops the server and removes its data. Harmless again. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the server's files could not be removed", e);
    }
  }
}
