package io.odin.persistence.servers;

import io.odin.persistence.servers.files.Disk;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Semisynchronous replication: commits wait until the standby has written them to its disk. */
final class MySqlReplication implements Replication {

  /** The server's error after it was cloned, because no other program would start it again. */
  private static final int RESTART_FAILED = 3707;

  private final Durability durability;
  private final Map<String, String> settings;
  private final Disk disk;
  private int servers;

  /**
   * Servers with these settings, each with files of its own.
   *
   * @param settings by name, as in the server's options file
   */
  MySqlReplication(Durability durability, Map<String, String> settings, Disk disk) {
    this.durability = durability;
    this.settings = settings;
    this.disk = disk;
  }

  /** Starts the first primary. */
  DatabaseServer start() throws IOException {
    return MySqlServer.start(durability, nextSettings(), disk);
  }

  private Map<String, String> nextSettings() {
    servers++;
    Map<String, String> all = new TreeMap<>();
    all.put("server-id", Integer.toString(servers));
    all.put("log-bin", "binlog");
    all.put("gtid-mode", "ON");
    all.put("enforce-gtid-consistency", "ON");
    all.put("plugin-load-add", "semisync_source.so;semisync_replica.so;mysql_clone.so");
    all.put("loose-rpl-semi-sync-replica-enabled", "ON");
    // Never confirm what the standby does not have.
    all.put("loose-rpl-semi-sync-source-timeout", "1000000000");
    all.putAll(settings);
    return all;
  }

  @Override
  public DatabaseServer standbyOf(DatabaseServer server) throws IOException, SQLException {
    MySqlServer primary = (MySqlServer) server;
    MySqlServer standby = MySqlServer.start(durability, nextSettings(), disk);
    try {
      copy(primary, standby);
      standby.execute(
          """
          CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = %d,
            SOURCE_USER = '%s', SOURCE_AUTO_POSITION = 1, SOURCE_CONNECT_RETRY = 1,
            GET_SOURCE_PUBLIC_KEY = 1\
          """
              .formatted(primary.port(), primary.user()),
          "SET GLOBAL super_read_only = ON",
          "START REPLICA");
      primary.execute("SET GLOBAL rpl_semi_sync_source_enabled = ON");
      // A server that reads no options file does not read what was persisted either.
      primary.onRestart("rpl-semi-sync-source-enabled", "ON");
      Sql.await(
          primary,
          """
          (SELECT COUNT(*) FROM performance_schema.global_status
            WHERE (VARIABLE_NAME, VARIABLE_VALUE) IN
                  (('Rpl_semi_sync_source_clients', '1'), ('Rpl_semi_sync_source_status', 'ON'))) = 2\
          """);
      return standby;
    } catch (IOException | SQLException | RuntimeException e) {
      standby.close();
      throw e;
    }
  }

  private static void copy(MySqlServer primary, MySqlServer standby)
      throws IOException, SQLException {
    standby.execute("SET GLOBAL clone_valid_donor_list = '127.0.0.1:%d'".formatted(primary.port()));
    DatabaseProcess process = standby.process().orElseThrow();
    try {
      standby.execute(
          "CLONE INSTANCE FROM '%s'@'127.0.0.1':%d IDENTIFIED BY ''"
              .formatted(primary.user(), primary.port()));
    } catch (SQLException e) {
      // The copy is complete, and the server has ended.
      if (e.getErrorCode() != RESTART_FAILED) {
        throw e;
      }
    }
    process.kill();
    process.restart();
  }

  @Override
  public void promote(DatabaseServer standby) throws SQLException {
    standby.execute("STOP REPLICA IO_THREAD");
    try (Connection connection = standby.connect()) {
      String received =
          Sql.text(
              connection,
              "SELECT RECEIVED_TRANSACTION_SET"
                  + " FROM performance_schema.replication_connection_status");
      Sql.text(connection, "SELECT WAIT_FOR_EXECUTED_GTID_SET('" + received + "', 60)");
    }
    standby.execute(
        "STOP REPLICA",
        "RESET REPLICA ALL",
        "SET GLOBAL super_read_only = OFF",
        "SET GLOBAL read_only = OFF");
  }
}
