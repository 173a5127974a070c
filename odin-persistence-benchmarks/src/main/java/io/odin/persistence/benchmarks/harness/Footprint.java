package io.odin.persistence.benchmarks.harness;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was done to each table of a database, as the server counts it. Two sides that send the same
 * statements leave the same footprint for each unit of work.
 *
 * @param counts by table and kind of access
 */
record Footprint(Map<String, Long> counts) {

  // Batches that are not full, empty polls and the checks themselves differ a little.
  private static final double TOLERANCE = 0.1;
  private static final double NEGLIGIBLE = 0.05;

  // What is done once, or once a second, is not the work.
  private static final double FEW = 100;

  /** Copies the counts. */
  Footprint {
    counts = Map.copyOf(counts);
  }

  /** What was done since the database was made. */
  static Footprint of(Database database) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (Connection connection = database.connectAside();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(database.engine().footprint())) {
      while (row.next()) {
        for (int column = 2; column <= row.getMetaData().getColumnCount(); column++) {
          String kind = row.getMetaData().getColumnLabel(column);
          counts.put(row.getString(1) + ": " + kind, row.getLong(column));
        }
      }
    }
    return new Footprint(counts);
  }

  /** The difference from an earlier footprint, divided by a number of units. */
  private double each(String key, Footprint earlier, long units) {
    long count = counts.getOrDefault(key, 0L) - earlier.counts.getOrDefault(key, 0L);
    return (double) count / units;
  }

  /**
   * A footprint within a span of time.
   *
   * @param before at its beginning
   * @param after at its end
   * @param units how much was done meanwhile
   */
  record Span(Footprint before, Footprint after, long units) {

    /** What this one did otherwise than another, in words; empty if they did the same. */
    List<String> differences(Span other) {
      List<String> differences = new ArrayList<>();
      for (String key : new TreeMap<>(after.counts).keySet()) {
        double mine = after.each(key, before, units);
        double others = other.after.each(key, other.before, other.units);
        double difference = Math.abs(mine - others);
        if (difference > NEGLIGIBLE + TOLERANCE * Math.max(mine, others)
            && difference * Math.min(units, other.units) > FEW) {
          differences.add("%s for each unit: %.2f and %.2f".formatted(key, mine, others));
        }
      }
      return differences;
    }
  }
}
