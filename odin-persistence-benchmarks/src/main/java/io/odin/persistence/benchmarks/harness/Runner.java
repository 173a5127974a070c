package io.odin.persistence.benchmarks.harness;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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
  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(40);

  private final Stage stage;
  private final Pace pace;

  /** How often each side of a row has done its work in this JVM to warm up. */
  private final Map<String, Long> practice = new HashMap<>();

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
   * @param warmUp how many operations of each side do not count, so that the JVM has compiled what
   *     a row runs; at least four turns, and none is begun after 40 seconds
   * @param patience how long to wait until the machine is idle
   */
  public record Pace(Duration slice, int rounds, int warmUp, Duration patience) {}

  /** Measures rows against each other, so that their figures can be compared with one another. */
  public void measure(List<Entry> together, Consumer<RowResult> results)
      throws SQLException, InterruptedException {
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
      throws SQLException, InterruptedException {
    Map<Side, List<Slice>> slices = new LinkedHashMap<>();
    contests.forEach(
        contest -> contest.sides().forEach(side -> slices.put(side, new ArrayList<>())));
    double restlessness = Rest.await(pace.patience());
    warmUp(contests, slices);
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
              contest.baseline().footprint().differences(contest.library().footprint())));
    }
  }

  private void warmUp(List<Contest> contests, Map<Side, List<Slice>> slices)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + LONGEST_WARM_UP.toNanos();
    int round = 0;
    do {
      round(slices, round++);
    } while (round < WARM_UP_ROUNDS
        || (System.nanoTime() < end
            && contests.stream().anyMatch(contest -> practice(contest, slices) < pace.warmUp())));
    contests.forEach(contest -> practice.put(contest.row().name(), practice(contest, slices)));
  }

  private long practice(Contest contest, Map<Side, List<Slice>> slices) {
    return practice.getOrDefault(contest.row().name(), 0L)
        + contest.sides().stream()
            .map(slices::get)
            .mapToLong(turns -> turns.stream().mapToLong(Slice::operations).sum())
            .min()
            .orElseThrow();
  }

  private void round(Map<Side, List<Slice>> slices, int round)
      throws SQLException, InterruptedException {
    // Rotated, and every other round backwards: no side always follows the same one.
    List<Side> order = new ArrayList<>(slices.keySet());
    Collections.rotate(order, round / 2);
    for (Side side : round % 2 == 0 ? order : order.reversed()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted between two slices");
      }
      slices.computeIfAbsent(side, key -> new ArrayList<>()).add(side.run(pace.slice()));
    }
  }
}
