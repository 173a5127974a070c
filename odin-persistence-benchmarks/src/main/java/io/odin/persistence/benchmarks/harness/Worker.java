package io.odin.persistence.benchmarks.harness;

import java.sql.SQLException;

/** Runs one operation after the other, on one thread. Its creator closes what it uses. */
@FunctionalInterface
public interface Worker {

  /**
   * Does the next operation.
   *
   * @return how many of the row's units were done: 1 commit, 10 tasks, or 0 tasks if there were
   *     none
   */
  long work() throws SQLException;
}
