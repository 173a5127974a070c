package io.odin.persistence.benchmarks.harness;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import java.sql.SQLException;
import java.util.List;

/**
 * One kind of work, done by plain JDBC (the baseline), by the library, and by peers where they can.
 * Stateless: all state is in the databases and in the workers.
 */
public interface Row extends Work {

  /** Short, unique, and how it is asked for on the command line. */
  String name();

  /** What one unit is: "commits", "tasks". */
  String unit();

  /** Fills a new database with what the given number of workers needs. */
  void prepare(Database database, int workers) throws SQLException;

  /** A worker on plain JDBC, with a connection of its own. */
  Worker baseline(Baseline baseline, int index) throws SQLException;

  /** A worker on the library's public API. */
  Worker library(Persistence persistence, int index);

  /** Others that can do the same work. */
  default List<Peer> peers() {
    return List.of();
  }
}
