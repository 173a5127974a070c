package io.odin.persistence.benchmarks.harness;

import java.util.List;

/**
 * The result of a row.
 *
 * @param row its name
 * @param workers how many there were on each side
 * @param unit what was counted
 * @param restlessness how busy the machine was just before, while nothing was measured: 0 to 1
 * @param sides the baseline, the library, then the peers
 * @param differences what baseline and library did not do alike in the database; empty as it should
 *     be
 */
public record RowResult(
    String row,
    int workers,
    String unit,
    double restlessness,
    List<SideResult> sides,
    List<String> differences) {

  /** Copies the lists. */
  public RowResult {
    sides = List.copyOf(sides);
    differences = List.copyOf(differences);
  }

  /** The same SQL on plain JDBC. */
  public SideResult baseline() {
    return sides.get(0);
  }

  /** The library. */
  public SideResult library() {
    return sides.get(1);
  }

  /** The others; often none. */
  public List<SideResult> peers() {
    return sides.subList(2, sides.size());
  }
}
