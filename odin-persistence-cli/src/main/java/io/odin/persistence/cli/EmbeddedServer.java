package io.odin.persistence.cli;

import io.odin.persistence.PersistenceConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;

/**
 * A real PostgreSQL server out of a jar, as a child process with a data directory of its own; both
 * are gone after {@link #close()}, or when the JVM ends.
 */
public final class EmbeddedServer implements AutoCloseable {

  private static final String USER = "postgres";

  private final EmbeddedPostgres server;

  private EmbeddedServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** What a commit is worth when the machine loses its power. */
  public enum Durability {
    /** Nothing: fast, and good for a demo or a test. */
    NONE("off"),
    /** Everything: fsync, synchronous_commit and full_page_writes are on, as in production. */
    FULL("on");

    private final String setting;

    Durability(String setting) {
      this.setting = setting;
    }
  }

  /**
   * Starts a server on a free port of the loopback interface; takes a few seconds.
   *
   * @throws IOException if it does not start
   */
  public static EmbeddedServer start(Durability durability) throws IOException {
    return start(durability, Map.of());
  }

  /**
   * Starts a server with settings of its own.
   *
   * @param settings server parameters by name, as in postgresql.conf
   * @throws IOException if it does not start
   */
  public static EmbeddedServer start(Durability durability, Map<String, String> settings)
      throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setLocaleConfig("locale", "C")
            .setServerConfig("fsync", durability.setting)
            .setServerConfig("synchronous_commit", durability.setting)
            .setServerConfig("full_page_writes", durability.setting)
            .setServerConfig("shared_buffers", "256MB")
            .setServerConfig("max_wal_size", "2GB");
    settings.forEach(builder::setServerConfig);
    try {
      return new EmbeddedServer(builder.start());
    } catch (IllegalStateException | ExceptionInInitializerError e) {
      // What the server library throws when the unpacking, initdb or pg_ctl fails.
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The JDBC URL of the database {@code postgres}, without credentials. */
  public String url() {
    return url("postgres");
  }

  /** The JDBC URL of a database on this server, which need not exist yet, without credentials. */
  public String url(String database) {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
  }

  /** The superuser; the server asks for no password. */
  public String user() {
    return USER;
  }

  /** A configuration for the database {@code postgres}. */
  public PersistenceConfig.Builder config() {
    return PersistenceConfig.builder(url()).credentials(USER, "");
  }

  /**
   * Stops the server and removes its data.
   *
   * @throws IOException if the data cannot be removed
   */
  @Override
  public void close() throws IOException {
    server.close();
  }
}
