package io.odin.persistence.task;

import io.odin.persistence.internal.Require;

/**
 * A part of a queue: the tasks whose partition hash lies in a range. All tasks of a workflow id are
 * in the same part, also after a restart.
 *
 * @param from the lowest partition hash
 * @param to the highest partition hash
 */
public record PartitionSlice(int from, int to) {

  private static final PartitionSlice ALL = new PartitionSlice(0, Integer.MAX_VALUE);

  /** Checks the range. */
  public PartitionSlice {
    Require.between("from", from, 0, Integer.MAX_VALUE);
    Require.between("to", to, from, Integer.MAX_VALUE);
  }

  /** The whole queue. */
  public static PartitionSlice all() {
    return ALL;
  }

  /**
   * One of several parts of equal size.
   *
   * @param index 0 to count - 1
   * @param count the number of parts, 1 to 1024
   */
  public static PartitionSlice of(int index, int count) {
    Require.between("count", count, 1, 1024);
    Require.between("index", index, 0, count - 1);
    long hashes = 1L << 31;
    return new PartitionSlice(
        (int) (hashes * index / count), (int) (hashes * (index + 1) / count - 1));
  }
}
