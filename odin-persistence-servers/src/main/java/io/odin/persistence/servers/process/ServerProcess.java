package io.odin.persistence.servers.process;

import java.io.IOException;

/**
 * The process of a server that was started here, for tests of what its callers do when it fails.
 * Thread-safe.
 */
public interface ServerProcess {

  /** Ends all processes of the server at once, as {@code kill -9} does. Its data remain. */
  void kill();

  /**
   * Starts the server again after {@link #kill}, with its data, on the same port and with the same
   * settings. Returns when it accepts connections.
   *
   * @throws IOException if it does not start
   */
  void restart() throws IOException;

  /** Stops all processes of the server where they are, until {@link #resume}. */
  void pause() throws IOException;

  /** Lets the processes go on. */
  void resume() throws IOException;
}
