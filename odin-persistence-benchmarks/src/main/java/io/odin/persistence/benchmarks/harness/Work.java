package io.odin.persistence.benchmarks.harness;

import java.sql.SQLException;

/** Work that uses something up and leaves something behind. */
public interface Work {

  /**
   * Puts back, while nothing is measured, what the work has used up.
   *
   * @param done how many units were done since the preparation or the last refill
   * @return how many units can be done until the next refill
   */
  default long refill(Database database, long done) throws SQLException {
    return Long.MAX_VALUE;
  }

  /**
   * Compares what is in the database, after a refill, with what was counted.
   *
   * @param done how many units were done since the preparation
   * @throws IllegalStateException if they differ
   */
  void verify(Database database, long done) throws SQLException;
}
