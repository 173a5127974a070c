package io.odin.persistence.servers;

import io.odin.persistence.servers.files.Cache;
import io.odin.persistence.servers.files.Disk;
import io.odin.persistence.servers.files.ServerFiles;
import io.odin.persistence.servers.process.AtExit;
import io.odin.persistence.servers.process.Ports;
import io.odin.persistence.servers.process.Signals;
import io.odin.persistence.servers.process.Unprivileged;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running PostgreSQL server out of a jar, as a child process with data of its own. Its programs
 * are unpacked once and kept with the user's cached files.
 */
public final class PostgresServer implements DatabaseServer, DatabaseProcess {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private final ServerFiles files;
  private final Path data;
  private final Runnable atExit = this::close;
  private @Nullable EmbeddedPostgres server;
  private int port;
  private List<String> command = List.of();
  private @Nullable ProcessHandle process;

  private PostgresServer(ServerFiles files) {
    this.files = files;
    data = files.directory().resolve("data");
  }

  /**
   * Starts a server on a free port of the loopback interface; takes a few seconds.
   *
   * @param settings by name, as in postgresql.conf
   * @throws IOException if it does not start
   */
  public static PostgresServer start(Durability durability, Map<String, String> settings)
      throws IOException {
    return start(durability, settings, Disk.SHARED);
  }

  static PostgresServer start(Durability durability, Map<String, String> settings, Disk disk)
      throws IOException {
    PostgresServer server = new PostgresServer(disk.files("odin-postgres-"));
    try {
      AtExit.add(server.atExit);
      server.run(durability, settings);
      return server;
    } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
      // The last two are what the server's library throws when unpacking, initdb or pg_ctl fails.
      server.close();
      throw new IOException("PostgreSQL did not start: " + e.getMessage(), e);
    }
  }

  private void run(Durability durability, Map<String, String> settings) throws IOException {
    File programs = Files.createDirectories(Cache.home().resolve("postgres")).toFile();
    // The builder has no method for it; the default is in the temporary folder.
    System.setProperty("ot.epg.working-dir", programs.toString());
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setRegisterShutdownHook(false)
            .setLocaleConfig("locale", "C")
            .setServerConfig("shared_buffers", "256MB")
            .setServerConfig("max_wal_size", "2GB");
    durability.postgresSettings().forEach(builder::setServerConfig);
    settings.forEach(builder::setServerConfig);
    EmbeddedPostgres started = builder.start();
    synchronized (this) {
      server = started;
      port = started.getPort();
    }
    // The library lets every user write there, and these are programs that this one runs.
    if (!programs.setWritable(false, false) || !programs.setWritable(true, true)) {
      throw new IOException("the permissions of " + programs + " cannot be set");
    }
    if (Thread.currentThread().isInterrupted()) {
      // The library takes an interrupt for the end of its start.
      throw new IOException("interrupted");
    }
  }

  /**
   * A server that does not run yet, with the settings of this one, but data and a port of its own.
   *
   * @param copied have its data when it is started with {@link #restart}
   * @param added settings by name
   */
  synchronized PostgresServer copyTo(ServerFiles copied, Map<String, String> added)
      throws IOException {
    PostgresServer copy = new PostgresServer(copied);
    AtExit.add(copy.atExit);
    copy.port = Ports.free();
    List<String> arguments =
        new ArrayList<>(
            commandOf(postmaster()).stream()
                .map(argument -> argument.replace(data.toString(), copy.data.toString()))
                .map(
                    argument ->
                        argument.equals(Integer.toString(port))
                            ? Integer.toString(copy.port)
                            : argument)
                .toList());
    added.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    copy.command = List.copyOf(arguments);
    return copy;
  }

  /** Where its data are. */
  Path data() {
    return data;
  }

  /** Its port on the loopback interface. */
  synchronized int port() {
    return port;
  }

  /** The JDBC URL of the database {@code postgres}, without credentials. */
  @Override
  public String url() {
    return url("postgres");
  }

  @Override
  public String url(String database) {
    return "jdbc:postgresql://localhost:" + port + "/" + database;
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

  /**
   * Stops the server and removes its data. Idempotent. Not ended early by an interrupt, which would
   * leave the data.
   */
  @Override
  public synchronized void close() {
    boolean interrupted = Thread.interrupted();
    try {
      if (server != null) {
        server.close();
      }
      // What an interrupted start has left: initdb, pg_ctl, or a server that it does not know yet.
      List<ProcessHandle> left = processes();
      left.forEach(ProcessHandle::destroyForcibly);
      left.forEach(process -> process.onExit().join());
      files.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the server's files could not be removed", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    AtExit.remove(atExit);
  }

  @Override
  public Optional<DatabaseProcess> process() {
    return Optional.of(this);
  }

  @Override
  public synchronized void kill() {
    ProcessHandle postmaster = postmaster();
    command = commandOf(postmaster);
    Signals.kill(postmaster);
  }

  @Override
  public synchronized void restart() throws IOException {
    Path log = files.directory().resolve("restart.log");
    Process postmaster =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady()) {
      if (!postmaster.isAlive() || System.nanoTime() > end) {
        throw new IOException("PostgreSQL did not start again:\n" + Files.readString(log));
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }

  /** Whether the recovery after a crash has ended, before which connections are refused. */
  private boolean isReady() {
    try (Connection connection = connect()) {
      return connection.isValid((int) PATIENCE.toSeconds());
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public synchronized void pause() throws IOException {
    Signals.pause(postmaster());
  }

  @Override
  public synchronized void resume() throws IOException {
    Signals.resume(postmaster());
  }

  @Override
  public synchronized void fillDisk() throws IOException {
    process = postmaster();
    command = commandOf(process);
    files.fill();
  }

  @Override
  public synchronized void freeDisk() throws IOException {
    files.free();
    if (process == null) {
      throw new IllegalStateException("the disk was not filled");
    }
    // Without space it ends, or recovers as after a crash, or cannot and ends then.
    while (!isReady()) {
      if (!process.isAlive()) {
        restart();
        return;
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }

  /** The first process of the server, which has started all others. */
  private ProcessHandle postmaster() {
    try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
      return lines
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
          .orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"));
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL does not run", e);
    }
  }

  private static List<String> commandOf(ProcessHandle postmaster) {
    ProcessHandle.Info info = postmaster.info();
    return Unprivileged.command(
        Stream.concat(info.command().stream(), info.arguments().stream().flatMap(Stream::of))
            .toList());
  }

  private List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(data.toString()))
        .toList();
  }
}
