package io.odin.persistence.benchmarks.harness;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A row with a number of workers: its sides, ready to run.
 *
 * @param row what is done
 * @param workers by how many at once
 * @param sides the floor, the library, then the peers
 */
record Contest(Row row, int workers, List<Side> sides) implements AutoCloseable {

  static Contest open(Row row, int workers, Stage stage) throws SQLException {
    List<Side> sides = new ArrayList<>();
    sides.add(WorkerSide.floor(row, stage, workers));
    sides.add(WorkerSide.library(row, stage, workers));
    for (Peer peer : row.peers()) {
      sides.add(peer.open(stage, workers));
    }
    return new Contest(row, workers, sides);
  }

  @Override
  public void close() {
    sides.forEach(Side::close);
  }
}
