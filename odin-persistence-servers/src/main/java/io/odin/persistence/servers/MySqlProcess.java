package io.odin.persistence.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server as a child process, with a directory of its own that goes when it stops. */
final class MySqlProcess {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Process process;
  private final Path directory;

  private MySqlProcess(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  static MySqlServer start(MySqlInstallation installation, Map<String, String> settings)
      throws IOException {
    Path template =
        Cache.directory(
            "data-" + installation.version().replaceAll("[^A-Za-z0-9.-]", "_"),
            data -> initialize(installation, data));
    Path directory = Files.createTempDirectory("odin-mysql-");
    Path data = directory.resolve("data");
    Cache.copy(template, data);
    int port = freePort();
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(installation.mysqld(arguments(directory, data, port, settings)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    MySqlProcess running = new MySqlProcess(process, directory);
    Thread atEnd = new Thread(running::stop, "odin-mysql-stop");
    Runtime.getRuntime().addShutdownHook(atEnd);
    try {
      if (!running.answers(port)) {
        String said = Files.readString(log);
        running.stop();
        throw new IOException("mysqld did not start:\n" + said);
      }
    } catch (InterruptedException e) {
      running.stop();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while mysqld started", e);
    }
    return new MySqlServer(MySqlAddress.local(port), installation.client(), running::stop);
  }

  /** Waits until the server answers, or does not run any more. */
  private boolean answers(int port) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (greets(port)) {
        return true;
      }
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return false;
  }

  /** Whether the server says the first word, as MySQL does to everyone who connects. */
  private static boolean greets(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes what a server needs to start with: root without a password, and no database. */
  private static void initialize(MySqlInstallation installation, Path data) throws IOException {
    Command.run(installation.mysqld(List.of("--initialize-insecure", "--datadir=" + data)));
  }

  private static List<String> arguments(
      Path directory, Path data, int port, Map<String, String> settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--datadir=" + data,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + directory.resolve("socket"),
                "--pid-file=" + directory.resolve("pid"),
                "--mysqlx=OFF",
                "--secure-file-priv=NULL"));
    settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    return arguments;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** At once, since its data go too. Harmless again. */
  private void stop() {
    process.destroyForcibly();
    try {
      process.waitFor();
      Cache.delete(directory);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("the server's files could not be removed", e);
    }
  }
}
