package io.odin.persistence.benchmarks.harness;

import java.sql.SQLException;

/** Another library that can do the work of a row. */
@FunctionalInterface
public interface Peer {

  /** A side with a dedicated database, prepared for a number of workers. */
  Side open(Stage stage, int workers) throws SQLException;
}
