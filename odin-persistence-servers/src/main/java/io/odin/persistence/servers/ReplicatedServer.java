package io.odin.persistence.servers;

import io.odin.persistence.servers.process.ServerProcess;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server with a standby that has every commit which was confirmed, and that takes its place when
 * it has to. As a {@link DatabaseServer} it is the present primary, so its URL changes.
 * Thread-safe.
 */
public final class ReplicatedServer implements DatabaseServer {

  private final Replication replication;
  private DatabaseServer primary;
  private @Nullable DatabaseServer standby;

  private ReplicatedServer(Replication replication, DatabaseServer primary) {
    this.replication = replication;
    this.primary = primary;
  }

  /** Starts a standby of a server that runs, which is closed if that fails. */
  static ReplicatedServer of(DatabaseServer primary, Replication replication) throws IOException {
    ReplicatedServer servers = new ReplicatedServer(replication, primary);
    try {
      servers.addStandby();
      return servers;
    } catch (IOException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /**
   * Kills the primary with all its data and makes the standby the primary. Returns when that takes
   * writes; there is no standby then.
   *
   * @throws IOException if the standby does not become the primary
   * @throws IllegalStateException if there is no standby
   */
  public synchronized void failOver() throws IOException {
    if (standby == null) {
      throw new IllegalStateException("there is no standby: add one before");
    }
    primary.process().ifPresent(ServerProcess::kill);
    try {
      replication.promote(standby);
    } catch (SQLException e) {
      throw new IOException("the standby did not become the primary: " + e.getMessage(), e);
    }
    primary.close();
    primary = standby;
    standby = null;
  }

  /**
   * Starts a standby with a copy of what the primary holds; takes some seconds. When it returns,
   * commits wait for the standby.
   *
   * @throws IOException if it does not start
   * @throws IllegalStateException if there is one
   */
  public synchronized void addStandby() throws IOException {
    if (standby != null) {
      throw new IllegalStateException("there is a standby");
    }
    try {
      standby = replication.standbyOf(primary);
    } catch (SQLException e) {
      throw new IOException("the standby did not start: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized String url() {
    return primary.url();
  }

  @Override
  public synchronized String url(String database) {
    return primary.url(database);
  }

  @Override
  public synchronized String user() {
    return primary.user();
  }

  @Override
  public synchronized String password() {
    return primary.password();
  }

  /** The process of the present primary. */
  @Override
  public synchronized Optional<DatabaseProcess> process() {
    return primary.process();
  }

  @Override
  public synchronized void close() {
    // The primary first: what it would wait for does not matter any more.
    primary.close();
    if (standby != null) {
      standby.close();
    }
  }
}
