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
import org.jspecify.annotations.Nullable;

/** A server as a child process, with a directory of its own that goes when it stops. */
final class MySqlProcess {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path directory;
  private final Runnable atExit = this::stop;
  private @Nullable Process process;

  private MySqlProcess(Path directory) {
    this.directory = directory;
  }

  static MySqlServer start(MySqlInstallation installation, Map<String, String> settings)
      throws IOException {
    Path template =
        Cache.directory(
            "data-" + installation.version().replaceAll("[^A-Za-z0-9.-]", "_"),
            data -> initialize(installation, data));
    MySqlProcess server = new MySqlProcess(Files.createTempDirectory("odin-mysql-"));
    try {
      AtExit.add(server.atExit);
      int port = freePort();
      server.start(installation, template, port, settings);
      return new MySqlServer(MySqlAddress.local(port), installation.client(), server::stop);
    } catch (IOException | RuntimeException e) {
      server.stop();
      throw e;
    } catch (InterruptedException e) {
      server.stop();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while mysqld started", e);
    }
  }

  private void start(
      MySqlInstallation installation, Path template, int port, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path data = directory.resolve("data");
    Cache.copy(template, data);
    Path log = directory.resolve("log");
    Process started =
        new ProcessBuilder(installation.mysqld(arguments(directory, data, port, settings)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    synchronized (this) {
      process = started;
    }
    if (!answers(started, port)) {
      throw new IOException("mysqld did not start:\n" + Files.readString(log));
    }
  }

  /** Waits until the server answers, or does not run any more. */
  private static boolean answers(Process process, int port) throws InterruptedException {
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

  /**
   * Stops the server at once, since its data are removed too. Idempotent. Not ended early by an
   * interrupt, which would leave the data.
   */
  private synchronized void stop() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
    try {
      Cache.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("the server's files could not be removed", e);
    }
    AtExit.remove(atExit);
  }
}
