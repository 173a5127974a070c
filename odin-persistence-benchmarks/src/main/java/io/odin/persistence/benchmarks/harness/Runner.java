package io.odin.persistence.benchmarks.harness;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures rows: all their sides take turns, slice by slice, in an order that changes from round to
 * round.
 */
public final class Runner {

  private static final int WARM_UP_ROUNDS = 2;

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
    List<Turns> all =
        contests.stream().flatMap(contest -> contest.sides().stream()).map(Turns::new).toList();
    double restlessness = Rest.await(pace.patience());
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      round(all, round);
    }
    all.forEach(turns -> turns.slices.clear());
    for (int round = 0; round < pace.rounds(); round++) {
      round(all, round);
    }
    for (Turns turns : all) {
      turns.side.verify();
    }
    for (Contest contest : contests) {
      results.accept(
          new RowResult(
              contest.row().name(),
              contest.workers(),
              contest.row().unit(),
              restlessness,
              all.stream()
                  .filter(turns -> contest.sides().contains(turns.side))
                  .map(turns -> new SideResult(turns.side.name(), turns.slices))
                  .toList()));
    }
  }

  private void round(List<Turns> all, int round) throws SQLException {
    // Rotated, and every other round backwards: nobody always comes after the same one.
    List<Turns> order = new ArrayList<>(all);
    Collections.rotate(order, round / 2);
    for (Turns turns : round % 2 == 0 ? order : order.reversed()) {
      turns.slices.add(turns.side.run(pace.slice()));
    }
  }

  private static final class Turns {
    private final Side side;
    private final List<Slice> slices = new ArrayList<>();

    Turns(Side side) {
      this.side = side;
    }
  }
}
