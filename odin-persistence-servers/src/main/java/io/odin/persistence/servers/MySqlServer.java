package io.odin.persistence.servers;

import io.odin.persistence.servers.files.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A running MySQL server. Never MariaDB, which is another database by now. */
public final class MySqlServer implements DatabaseServer {

  /** The variable that names a server: {@code jdbc:mysql://host:port/?user=...&password=...}. */
  public static final String URL_VARIABLE = "ODIN_TEST_MYSQL_URL";

  private final MySqlAddress address;
  private final List<String> client;
  private final Runnable stop;
  private final Optional<MySqlProcess> process;

  MySqlServer(MySqlAddress address, List<String> client, Runnable stop) {
    this(address, client, stop, Optional.empty());
  }

  MySqlServer(MySqlAddress address, List<String> client, MySqlProcess process) {
    this(address, client, process::stop, Optional.of(process));
  }

  private MySqlServer(
      MySqlAddress address, List<String> client, Runnable stop, Optional<MySqlProcess> process) {
    this.address = address;
    this.client = List.copyOf(client);
    this.stop = stop;
    this.process = process;
  }

  /**
   * A server for tests: the one that the variable ODIN_TEST_MYSQL_URL names, else one in Docker,
   * else a child process as {@link #start} makes it. Needs Testcontainers on the class path.
   *
   * @param durability of a server that is started
   * @param settings of a server that is started, by name, as in its options file
   * @throws IOException if there is none, saying what to do
   */
  public static MySqlServer find(Durability durability, Map<String, String> settings)
      throws IOException {
    String url = System.getenv(URL_VARIABLE);
    if (url != null && !url.isBlank()) {
      return new MySqlServer(MySqlAddress.of(url), List.of(), () -> {});
    }
    return MySqlContainer.isDockerAvailable()
        ? MySqlContainer.start(all(durability, settings))
        : start(durability, settings);
  }

  /**
   * Starts a server as a child process, on a free port of the loopback interface: the mysqld below
   * the directory that ODIN_MYSQL_HOME names, else the one on the PATH, else one out of Debian's
   * packages. Those are fetched once, about 70 MB, and kept with the user's cached files. Takes
   * about two seconds, some more the first time.
   *
   * @param settings by name, as in the server's options file
   * @throws IOException if no server is found or it does not start, saying what to do
   */
  public static MySqlServer start(Durability durability, Map<String, String> settings)
      throws IOException {
    return start(durability, settings, Disk.SHARED);
  }

  static MySqlServer start(Durability durability, Map<String, String> settings, Disk disk)
      throws IOException {
    try {
      return MySqlProcess.start(MySqlInstallation.find(), all(durability, settings), disk);
    } catch (IOException e) {
      throw new IOException(
          """
          there is no MySQL server: %s
          Do one of these:
          - set %s to the directory of a MySQL 8.0.19 or later that is installed, or put its mysqld on the PATH
          - for tests, start Docker, or set %s to a server: jdbc:mysql://localhost:3306/?user=root&password=...\
          """
              .formatted(e.getMessage(), MySqlInstallation.HOME_VARIABLE, URL_VARIABLE),
          e);
    }
  }

  private static Map<String, String> all(Durability durability, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(durability.mySqlSettings());
    all.put("max-connections", "300");
    all.putAll(settings);
    return all;
  }

  /** Its port. */
  int port() {
    return address.port();
  }

  /** Adds a setting for each time that the server is started again. */
  void onRestart(String name, String value) {
    process.ifPresent(started -> started.onRestart(name, value));
  }

  /** The JDBC URL without a database, and without credentials. */
  @Override
  public String url() {
    return url("");
  }

  @Override
  public String url(String database) {
    return address.url(database);
  }

  @Override
  public String user() {
    return address.user();
  }

  @Override
  public String password() {
    return address.password();
  }

  /**
   * The command that runs the mysql client on this server, to which a database and other arguments
   * may be added; empty if the server came without a client.
   */
  public List<String> client() {
    if (client.isEmpty()) {
      return List.of();
    }
    List<String> command = new ArrayList<>(client);
    command.addAll(
        List.of(
            "--no-defaults",
            "--protocol=tcp",
            "--host=" + address.host(),
            "--port=" + address.port(),
            "--user=" + address.user(),
            "--default-character-set=utf8mb4"));
    return List.copyOf(command);
  }

  @Override
  public Optional<DatabaseProcess> process() {
    return process.map(DatabaseProcess.class::cast);
  }

  @Override
  public void close() {
    stop.run();
  }
}
