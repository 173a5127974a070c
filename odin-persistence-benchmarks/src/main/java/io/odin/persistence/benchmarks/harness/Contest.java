package io.odin.persistence.benchmarks.harness;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A row with a number of workers: its sides, ready to run.
 *
 * @param row what is done
 * @param workers by how many at once
 * @param baseline on plain JDBC
 * @param library through the library
 * @param peers by others
 */
record Contest(Row row, int workers, WorkerSide baseline, WorkerSide library, List<Side> peers)
    implements AutoCloseable {

  static Contest open(Row row, int workers, Stage stage) throws SQLException {
    WorkerSide baseline = WorkerSide.baseline(row, stage, workers);
    WorkerSide library = WorkerSide.library(row, stage, workers);
    List<Side> peers = new ArrayList<>();
    for (Peer peer : row.peers()) {
      peers.add(peer.open(stage, workers));
    }
    return new Contest(row, workers, baseline, library, peers);
  }

  /** The baseline, the library, then the peers. */
  List<Side> sides() {
    List<Side> sides = new ArrayList<>(List.of(baseline, library));
    sides.addAll(peers);
    return sides;
  }

  @Override
  public void close() {
    sides().forEach(Side::close);
  }
}
