package io.odin.persistence.cli.report;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** A count for each key. Thread-safe. */
public final class KeyedCounts<K> {

  private final Map<K, LongAdder> counts = new ConcurrentHashMap<>();

  /** Adds one to the count of a key. */
  public void add(K key) {
    add(key, 1);
  }

  /** Adds to the count of a key. */
  public void add(K key, long number) {
    counts.computeIfAbsent(key, absent -> new LongAdder()).add(number);
  }

  /** The count of a key; 0 if nothing was added. */
  public long of(K key) {
    LongAdder count = counts.get(key);
    return count == null ? 0 : count.sum();
  }

  /** The sum of all counts. */
  public long total() {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }
}
