package io.odin.persistence.benchmarks.harness;

import java.sql.SQLException;
import java.time.Duration;

/** One of those that are compared in a row, with its own database. Not thread-safe. */
public interface Side extends AutoCloseable {

  /** "baseline", "library", or the name of a peer. */
  String name();

  /** Works for about so long. */
  Slice run(Duration time) throws SQLException, InterruptedException;

  /**
   * Compares what is in the database with the operations of all slices.
   *
   * @throws IllegalStateException if work was counted that was not done
   */
  void verify() throws SQLException;

  @Override
  void close();
}
