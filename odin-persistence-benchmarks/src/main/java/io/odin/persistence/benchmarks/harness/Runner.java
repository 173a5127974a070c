package io.odin.persistence.benchmarks.harness;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures rows: all their sides take turns, slice by slice, in an order that changes from round to
 * round.
 */
public final class Runner {

  private static final int WARM_UP_ROUNDS = 4;

  private final Stage stage;
  private final Pace pace;

  /** Measures on this stage at this pace. */
  public Runner(Stage stage, Pace pace) {
    this.stage = stage;
    this.pace = pace;
  }

  /**
   * How long to measure.
   *
   * @param slice one turn of one side
   * @param rounds how many turns each side has, warm-up not counted
   * @param patience how long to wait for the machine to come to rest
   */
  public record Pace(Duration slice, int rounds, Duration patience) {}

  /** Measures rows against each other, so that their figures can be compared with one another. */
  public void measure(List<Entry> together, Consumer<RowResult> results) throws SQLException {
    List<Contest> contests = new ArrayList<>();
    try {
      for (Entry entry : together) {
        contests.add(Contest.open(entry.row(), entry.workers(), stage));
      }
      measureOpened(contests, results);
    } finally {
      contests.forEach(Contest::close);
    }
  }

  private void measureOpened(List<Contest> contests, Consumer<RowResult> results)
      throws SQLException {
    Map<Side, List<Slice>> slices = new LinkedHashMap<>();
    contests.forEach(
        contest -> contest.sides().forEach(side -> slices.put(side, new ArrayList<>())));
    double restlessness = Rest.await(pace.patience());
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      round(slices, round);
    }
    slices.values().forEach(List::clear);
    for (int round = 0; round < pace.rounds(); round++) {
      round(slices, round);
    }
    for (Side side : slices.keySet()) {
      side.verify();
    }
    for (Contest contest : contests) {
      results.accept(
          new RowResult(
              contest.row().name(),
              contest.workers(),
              contest.row().unit(),
              restlessness,
              contest.sides().stream()
                  .map(side -> new SideResult(side.name(), slices.getOrDefault(side, List.of())))
                  .toList(),
              contest.floor().footprint().differences(contest.library().footprint())));
    }
  }

  private void round(Map<Side, List<Slice>> slices, int round) throws SQLException {
    // Rotated, and every other round backwards: nobody always comes after the same one.
    List<Side> order = new ArrayList<>(slices.keySet());
    Collections.rotate(order, round / 2);
    for (Side side : round % 2 == 0 ? order : order.reversed()) {
      slices.computeIfAbsent(side, key -> new ArrayList<>()).add(side.run(pace.slice()));
    }
  }
}
