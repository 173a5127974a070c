package io.odin.persistence.servers;

import io.odin.persistence.servers.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A MySQL whose programs can be run.
 *
 * @param mysqld the command that runs the server, with the arguments that it needs to find its
 *     files
 * @param client the command that runs the mysql client; empty if there is none
 * @param version what the server says of itself
 */
record MySqlInstallation(List<String> mysqld, List<String> client, String version) {

  static final String HOME_VARIABLE = "ODIN_MYSQL_HOME";
  private static final Pattern VERSION = Pattern.compile("Ver (?<version>\\S+)");

  /** The one that ODIN_MYSQL_HOME names, else the one on the PATH, else Debian's. */
  static MySqlInstallation find() throws IOException {
    String home = System.getenv(HOME_VARIABLE);
    if (home != null && !home.isBlank()) {
      return at(Path.of(home));
    }
    Optional<MySqlInstallation> installed = onPath();
    return installed.isPresent() ? installed.get() : DebianMySql.installation();
  }

  /** The one below a directory, in {@code bin}, {@code sbin} or {@code libexec}. */
  static MySqlInstallation at(Path home) throws IOException {
    Path mysqld =
        Stream.of("bin", "sbin", "libexec")
            .map(directory -> home.resolve(directory).resolve("mysqld"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() -> new IOException("there is no bin/mysqld below " + home));
    Path client = home.resolve("bin").resolve("mysql");
    return of(
        List.of(mysqld.toString(), "--no-defaults", "--basedir=" + home),
        Files.isExecutable(client) ? List.of(client.toString()) : List.of());
  }

  private static Optional<MySqlInstallation> onPath() throws IOException {
    Optional<Path> mysqld = Command.program("mysqld");
    if (mysqld.isEmpty()
        || Command.run(List.of(mysqld.get().toString(), "--no-defaults", "--version"))
            .contains("MariaDB")) {
      return Optional.empty();
    }
    return Optional.of(
        of(
            List.of(mysqld.get().toString(), "--no-defaults"),
            Command.program("mysql").map(client -> List.of(client.toString())).orElse(List.of())));
  }

  /** Asks the server for its version. */
  static MySqlInstallation of(List<String> mysqld, List<String> client) throws IOException {
    List<String> command = new ArrayList<>(mysqld);
    command.add("--version");
    String answer = Command.run(command);
    requireMySql(answer.strip());
    Matcher version = VERSION.matcher(answer);
    if (!version.find()) {
      throw new IOException(mysqld.getFirst() + " does not say its version: " + answer.strip());
    }
    return new MySqlInstallation(mysqld, client, version.group("version"));
  }

  /** Refuses MariaDB by what it says of its version. */
  static void requireMySql(String version) throws IOException {
    if (version.contains("MariaDB")) {
      throw new IOException("this is MariaDB (" + version + "), and MySQL is needed");
    }
  }

  /** The command that runs the server with these arguments. */
  List<String> mysqld(List<String> arguments) {
    List<String> command = new ArrayList<>(mysqld);
    // It does not run as root without this option.
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--user=root");
    }
    command.addAll(arguments);
    return command;
  }
}
