package io.odin.persistence.cli.demo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts things by what they are. Thread-safe. */
final class Counts<K> {

  private final Map<K, LongAdder> numbers = new ConcurrentHashMap<>();

  void add(K what) {
    add(what, 1);
  }

  void add(K what, long howMany) {
    numbers.computeIfAbsent(what, key -> new LongAdder()).add(howMany);
  }

  long of(K what) {
    LongAdder number = numbers.get(what);
    return number == null ? 0 : number.sum();
  }

  long total() {
    return numbers.values().stream().mapToLong(LongAdder::sum).sum();
  }
}
