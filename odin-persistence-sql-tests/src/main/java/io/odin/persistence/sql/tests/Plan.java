package io.odin.persistence.sql.tests;

import java.util.Set;

/**
 * How a server ran a statement.
 *
 * @param text what the server reports about it, human-readable
 * @param indexes that were walked; a primary key by the name of its constraint
 * @param tablesReadWhole from one end to the other
 * @param sorts whether all rows had to be there before the first could be returned
 * @param rowsRead how many rows were read from tables and indexes, including those filtered out
 * @param pages how many pages were looked at
 */
public record Plan(
    String text,
    Set<String> indexes,
    Set<String> tablesReadWhole,
    boolean sorts,
    long rowsRead,
    long pages) {

  /** Copies the sets. */
  public Plan {
    indexes = Set.copyOf(indexes);
    tablesReadWhole = Set.copyOf(tablesReadWhole);
  }
}
