package io.odin.persistence.servers;

import io.odin.persistence.servers.files.Cache;
import io.odin.persistence.servers.files.DebianPackages;
import io.odin.persistence.servers.process.AtExit;
import io.odin.persistence.servers.process.Ports;
import io.odin.persistence.servers.process.ServerProcess;
import io.odin.persistence.servers.process.Signals;
import io.odin.persistence.servers.process.Unprivileged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A running PgBouncer out of Debian's packages, as a child process between clients and one server
 * of PostgreSQL. Clients need no password: it logs in for them. Stops with {@link #close()}, or
 * when the JVM ends, and leaves nothing behind. Thread-safe.
 */
public final class PgBouncer implements ServerProcess, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path directory;
  private final List<String> command;
  private final int port;
  private final Map<String, String> server;
  private final Runnable atExit = this::close;
  private @Nullable Process process;

  private PgBouncer(DebianPackages packages, Map<String, String> server) throws IOException {
    port = Ports.free();
    directory = Files.createTempDirectory("odin-pgbouncer-");
    this.server = Map.copyOf(server);
    command =
        Unprivileged.command(packages.command("usr/sbin/pgbouncer", configuration().toString()));
  }

  /** Whether this machine has Debian's package client, which brings it. */
  public static boolean isAvailable() {
    return DebianPackages.canBeFetched();
  }

  /**
   * Starts one on a free port of the loopback interface, for all databases of a server. Its
   * packages are fetched once, about 30 MB, and kept with the user's cached files.
   *
   * @param server {@code host}, {@code port}, {@code user} and {@code password}
   * @param settings by name, as in pgbouncer.ini
   * @throws IOException if it does not start
   */
  public static PgBouncer start(Map<String, String> server, Map<String, String> settings)
      throws IOException {
    PgBouncer pooler = new PgBouncer(DebianPackages.of("pgbouncer", "pgbouncer"), server);
    try {
      AtExit.add(pooler.atExit);
      pooler.configure(settings);
      pooler.restart();
      return pooler;
    } catch (IOException | RuntimeException e) {
      pooler.close();
      throw e;
    }
  }

  /** The host and port where clients connect. */
  public String place() {
    return "127.0.0.1:" + port;
  }

  /** Chooses its settings from the next {@link #restart} on. */
  public void configure(Map<String, String> settings) throws IOException {
    Map<String, String> all = new TreeMap<>();
    all.put("listen_addr", "127.0.0.1");
    all.put("listen_port", Integer.toString(port));
    all.put("unix_socket_dir", "");
    all.put("auth_type", "any");
    all.putAll(settings);
    String databases =
        server.entrySet().stream()
            // It takes no empty password.
            .filter(value -> !value.getValue().isEmpty())
            .map(value -> "%s='%s'".formatted(value.getKey(), value.getValue().replace("'", "''")))
            .collect(Collectors.joining(" "));
    String others =
        all.entrySet().stream()
            .map(value -> "%s = %s\n".formatted(value.getKey(), value.getValue()))
            .collect(Collectors.joining());
    Files.writeString(
        configuration(), "[databases]\n* = %s\n[pgbouncer]\n%s".formatted(databases, others));
  }

  private Path configuration() {
    return directory.resolve("pgbouncer.ini");
  }

  @Override
  public synchronized void restart() throws IOException {
    Path log = directory.resolve("log");
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = started;
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!accepts()) {
        if (started.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
          throw new IOException("PgBouncer did not start:\n" + Files.readString(log));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PgBouncer started", e);
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public synchronized void kill() {
    Signals.kill(running());
  }

  @Override
  public synchronized void pause() throws IOException {
    Signals.pause(running());
  }

  @Override
  public synchronized void resume() throws IOException {
    Signals.resume(running());
  }

  private synchronized ProcessHandle running() {
    if (process == null) {
      throw new IllegalStateException("PgBouncer does not run");
    }
    return process.toHandle();
  }

  /** Stops it at once. Idempotent. */
  @Override
  public synchronized void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
    try {
      Cache.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("PgBouncer's files could not be removed", e);
    }
    AtExit.remove(atExit);
  }
}
