package io.odin.persistence.servers;

import io.odin.persistence.servers.files.Cache;
import io.odin.persistence.servers.files.Disk;
import io.odin.persistence.servers.files.ServerFiles;
import io.odin.persistence.servers.process.AtExit;
import io.odin.persistence.servers.process.Command;
import io.odin.persistence.servers.process.Ports;
import io.odin.persistence.servers.process.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
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
final class MySqlProcess implements DatabaseProcess {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ServerFiles files;
  private final Path directory;
  private final Runnable atExit = this::stop;
  private List<String> command = List.of();
  private int port;
  private @Nullable Process process;

  private MySqlProcess(ServerFiles files) {
    this.files = files;
    directory = files.directory();
  }

  static MySqlServer start(MySqlInstallation installation, Map<String, String> settings, Disk disk)
      throws IOException {
    Path template =
        Cache.directory(
            "mysql",
            "data-" + installation.version().replaceAll("[^A-Za-z0-9.-]", "_"),
            data -> initialize(installation, data));
    MySqlProcess server = new MySqlProcess(disk.files("odin-mysql-"));
    try {
      AtExit.add(server.atExit);
      int port = Ports.free();
      Path data = server.directory.resolve("data");
      Cache.copy(template, data);
      // It has the identity of the server, which the server makes again: members of a group differ.
      Files.deleteIfExists(data.resolve("auto.cnf"));
      server.command = installation.mysqld(arguments(server.directory, data, port, settings));
      server.port = port;
      server.start();
      return new MySqlServer(MySqlAddress.local(port), installation.client(), server);
    } catch (IOException | RuntimeException e) {
      server.stop();
      throw e;
    } catch (InterruptedException e) {
      server.stop();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while mysqld started", e);
    }
  }

  private void start() throws IOException, InterruptedException {
    Path log = directory.resolve("log");
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
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

  /** Adds a setting for each time that the server is started again. */
  synchronized void onRestart(String name, String value) {
    List<String> more = new ArrayList<>(command);
    more.add("--" + name + "=" + value);
    command = List.copyOf(more);
  }

  @Override
  public synchronized void kill() {
    Signals.kill(running());
  }

  @Override
  public void restart() throws IOException {
    try {
      // What a killed server leaves there keeps the next one from taking it.
      Files.deleteIfExists(directory.resolve("socket"));
      Files.deleteIfExists(directory.resolve("socket.lock"));
      start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while mysqld started", e);
    }
  }

  @Override
  public synchronized void pause() throws IOException {
    Signals.pause(running());
  }

  @Override
  public synchronized void resume() throws IOException {
    Signals.resume(running());
  }

  @Override
  public void fillDisk() throws IOException {
    files.fill();
  }

  @Override
  public void freeDisk() throws IOException {
    files.free();
    if (!running().isAlive()) {
      restart();
    }
  }

  private synchronized ProcessHandle running() {
    if (process == null) {
      throw new IllegalStateException("mysqld does not run");
    }
    return process.toHandle();
  }

  /**
   * Stops the server at once, since its data are removed too. Idempotent. Not ended early by an
   * interrupt, which would leave the data.
   */
  synchronized void stop() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
    try {
      files.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the server's files could not be removed", e);
    }
    AtExit.remove(atExit);
  }
}
