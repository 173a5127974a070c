package io.odin.persistence.benchmarks;

import io.odin.persistence.benchmarks.harness.DisturbanceResult;
import io.odin.persistence.benchmarks.harness.DisturbanceResult.Round;
import io.odin.persistence.benchmarks.harness.RowResult;
import io.odin.persistence.benchmarks.harness.SideResult;
import io.odin.persistence.benchmarks.harness.Spread;
import io.odin.persistence.cli.report.Table;
import java.util.List;
import java.util.stream.Stream;

/** The results as tables. */
final class Report {

  private Report() {}

  /** All results; no table is empty. */
  static List<Table> tables(
      String product, List<RowResult> results, List<DisturbanceResult> disturbances) {
    return Stream.of(
            baselines(product, results),
            peers(results),
            disturbances(disturbances),
            Aims.of(results, disturbances))
        .filter(table -> !table.rows().isEmpty())
        .toList();
  }

  /** The library against the baseline, row by row. */
  private static Table baselines(String product, List<RowResult> results) {
    Table.Builder table =
        Table.builder(
            "Library and baseline on %s: units per second, medians; the ratio is the median over the rounds"
                .formatted(product),
            "row",
            "workers",
            "unit",
            "baseline/s",
            "library/s",
            "library/baseline",
            "lowest",
            "highest",
            "trips baseline",
            "trips library",
            "client us baseline",
            "client us library",
            "busy %");
    for (RowResult result : results) {
      Spread ratio = result.library().ratioTo(result.baseline());
      table
          .cell(result.row())
          .cell(result.workers())
          .cell(result.unit())
          .cell(perSecond(result.baseline()))
          .cell(perSecond(result.library()))
          .cell(ratio.median())
          .cell(ratio.minimum())
          .cell(ratio.maximum())
          .cell(result.baseline().roundTrips())
          .cell(result.library().roundTrips())
          .cell(Math.round(result.baseline().clientMicroseconds()))
          .cell(Math.round(result.library().clientMicroseconds()))
          .cell(Math.round(100 * result.restlessness()));
    }
    return table.build();
  }

  /** The library against its peers. */
  private static Table peers(List<RowResult> results) {
    Table.Builder table =
        Table.builder(
            "Library and peers",
            "row",
            "workers",
            "peer",
            "peer/s",
            "library/s",
            "library/peer",
            "lowest",
            "highest",
            "trips peer",
            "trips library");
    for (RowResult result : results) {
      for (SideResult peer : result.peers()) {
        Spread ratio = result.library().ratioTo(peer);
        table
            .cell(result.row())
            .cell(result.workers())
            .cell(peer.name())
            .cell(perSecond(peer))
            .cell(perSecond(result.library()))
            .cell(ratio.median())
            .cell(ratio.minimum())
            .cell(ratio.maximum())
            .cell(peer.roundTrips())
            .cell(result.library().roundTrips());
      }
    }
    return table.build();
  }

  /** Calls alone, and with other work beside them. */
  private static Table disturbances(List<DisturbanceResult> results) {
    Table.Builder table =
        Table.builder(
            "Polls alone and beside other work: milliseconds, medians over the rounds",
            "what",
            "workers",
            "p50 alone",
            "p99 alone",
            "p50 beside",
            "p99 beside",
            "p99 beside/alone",
            "lowest",
            "highest",
            "seconds");
    for (DisturbanceResult result : results) {
      Spread slowdown = result.over(Round::slowdown);
      table
          .cell(result.name())
          .cell(result.workers())
          .cell(result.over(round -> round.alone().p50()).median())
          .cell(result.over(round -> round.alone().p99()).median())
          .cell(result.over(round -> round.beside().p50()).median())
          .cell(result.over(round -> round.beside().p99()).median())
          .cell(slowdown.median())
          .cell(slowdown.minimum())
          .cell(slowdown.maximum())
          .cell(result.over(Round::seconds).median());
    }
    return table.build();
  }

  /** One line while the rest is still to come. */
  static String line(RowResult result) {
    StringBuilder line =
        new StringBuilder("%-24s %3d workers".formatted(result.row(), result.workers()));
    for (SideResult side : result.sides()) {
      line.append("  %s %,d/s".formatted(side.name(), perSecond(side)));
    }
    return line.append(
            "  ratio %.2f".formatted(result.library().ratioTo(result.baseline()).median()))
        .toString();
  }

  /** What makes a comparison unfair; empty as it should be. */
  static List<String> differences(List<RowResult> results) {
    return results.stream()
        .flatMap(
            result ->
                result.differences().stream()
                    .map(
                        difference ->
                            "%s, %d workers: baseline and library did not do the same, %s"
                                .formatted(result.row(), result.workers(), difference)))
        .toList();
  }

  private static long perSecond(SideResult side) {
    return Math.round(side.rate().median());
  }
}
