package io.odin.persistence.benchmarks;

import io.odin.persistence.benchmarks.harness.DisturbanceResult;
import io.odin.persistence.benchmarks.harness.DisturbanceResult.Round;
import io.odin.persistence.benchmarks.harness.RowResult;
import io.odin.persistence.benchmarks.harness.SideResult;
import io.odin.persistence.cli.report.Table;
import java.util.List;

/** What the library wants to reach, and whether it did. */
final class Aims {

  private static final int WORKERS = 8;
  private static final double OF_BASELINE = 0.85;
  private static final double OF_SMALL_BACKLOG = 0.9;
  private static final double OF_PEER_DRAIN = 2;
  private static final double OF_BASELINE_ROUND_TRIPS = 1.05;
  private static final double POLL_SLOWDOWN = 2;

  private final Table.Builder table =
      Table.builder("Aims", "row", "workers", "aim", "reached", "met");
  private final List<RowResult> results;

  private Aims(List<RowResult> results) {
    this.results = results;
  }

  static Table of(List<RowResult> results, List<DisturbanceResult> disturbances) {
    Aims aims = new Aims(results);
    results.forEach(aims::judge);
    disturbances.forEach(aims::judge);
    return aims.table.build();
  }

  private void judge(RowResult result) {
    if (result.workers() == WORKERS) {
      atLeast(result, "library/baseline", OF_BASELINE, over(result.library(), result.baseline()));
    }
    if (result.unit().equals("commits")) {
      atMost(
          result,
          "round trips/baseline",
          OF_BASELINE_ROUND_TRIPS,
          result.library().roundTrips() / result.baseline().roundTrips());
    }
    if (result.row().startsWith("drain-")) {
      result
          .peers()
          .forEach(
              peer ->
                  atLeast(
                      result,
                      "library/" + peer.name(),
                      OF_PEER_DRAIN,
                      over(result.library(), peer)));
      results.stream()
          .filter(small -> small.row().equals(Suite.SMALL_BACKLOG))
          .filter(small -> Suite.isBacklog(result.row()) && !small.row().equals(result.row()))
          .forEach(
              small ->
                  atLeast(
                      result,
                      "library/library with a small backlog",
                      OF_SMALL_BACKLOG,
                      over(result.library(), small.library())));
    }
  }

  private void judge(DisturbanceResult result) {
    double slowdown = result.over(Round::slowdown).median();
    add(
        result.name(),
        result.workers(),
        "p99 beside/p99 alone < " + POLL_SLOWDOWN,
        slowdown,
        slowdown < POLL_SLOWDOWN);
  }

  private static double over(SideResult side, SideResult other) {
    return side.ratioTo(other).median();
  }

  private void atLeast(RowResult result, String what, double bound, double reached) {
    add(result.row(), result.workers(), what + " >= " + bound, reached, reached >= bound);
  }

  private void atMost(RowResult result, String what, double bound, double reached) {
    add(result.row(), result.workers(), what + " <= " + bound, reached, reached <= bound);
  }

  private void add(String row, int workers, String aim, double reached, boolean met) {
    table.cell(row).cell(workers).cell(aim).cell(reached);
    table.cell(met ? "yes" : "NO");
  }
}
