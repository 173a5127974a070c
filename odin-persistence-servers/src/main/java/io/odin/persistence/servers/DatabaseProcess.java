package io.odin.persistence.servers;

import io.odin.persistence.servers.process.ServerProcess;
import java.io.IOException;

/** The process of a database server that was started here, and its disk. Thread-safe. */
public interface DatabaseProcess extends ServerProcess {

  /**
   * Takes all space that is free on the server's disk, until {@link #freeDisk}.
   *
   * @throws IllegalStateException if the server was not started on a disk of its own
   */
  void fillDisk() throws IOException;

  /**
   * Gives back what {@link #fillDisk} took, and starts the server again if it has ended since.
   *
   * @throws IOException if it does not start
   */
  void freeDisk() throws IOException;
}
