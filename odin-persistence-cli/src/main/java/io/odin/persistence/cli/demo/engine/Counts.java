package io.odin.persistence.cli.demo.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts things by what they are. Thread-safe. */
public final class Counts<K> {

  private final Map<K, LongAdder> numbers = new ConcurrentHashMap<>();

  public void add(K what) {
    add(what, 1);
  }

  public void add(K what, long howMany) {
    numbers.computeIfAbsent(what, key -> new LongAdder()).add(howMany);
  }

  public long of(K what) {
    LongAdder number = numbers.get(what);
    return number == null ? 0 : number.sum();
  }

  public long total() {
    return numbers.values().stream().mapToLong(LongAdder::sum).sum();
  }
}
