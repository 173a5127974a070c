package io.odin.persistence.cli.torture;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was reported to callers, kept outside of the database, and what contradicts it. Thread-safe.
 */
final class Ledger {

  private static final int MAXIMUM_TEXTS = 50;

  private final Map<Verdict, LongAdder> verdicts = counters(Verdict.class);
  private final Map<Reply, LongAdder> reported = counters(Reply.class);
  private final ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();
  private final AtomicLong lastSuccess = new AtomicLong(System.nanoTime());
  private final AtomicLong longestCall = new AtomicLong();

  /** What contradicts the contract. */
  enum Verdict {
    LOST("lost"),
    REPEATED("repeated"),
    WRONG_OUTCOME("wrong outcomes"),
    HUNG("hung calls"),
    TWO_OWNERS("two owners"),
    GAP("gaps"),
    FAULT("faults of the library");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    /** In words. */
    String text() {
      return text;
    }
  }

  /** What a call ended with. */
  enum Reply {
    APPLIED("applied"),
    APPLIED_AFTER_UNKNOWN("applied, after an unknown outcome"),
    NOT_APPLIED("not applied"),
    UNKNOWN("unknown");

    private final String text;

    Reply(String text) {
      this.text = text;
    }

    /** In words. */
    String text() {
      return text;
    }
  }

  private static <E extends Enum<E>> Map<E, LongAdder> counters(Class<E> type) {
    Map<E, LongAdder> counters = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      counters.put(constant, new LongAdder());
    }
    return counters;
  }

  private static <E extends Enum<E>> LongAdder counter(Map<E, LongAdder> counters, E key) {
    return Objects.requireNonNull(counters.get(key));
  }

  /** Counts an answer. */
  void answered(Reply answer) {
    counter(reported, answer).increment();
    if (answer == Reply.APPLIED || answer == Reply.APPLIED_AFTER_UNKNOWN) {
      lastSuccess.set(System.nanoTime());
    }
  }

  /** Records a contradiction. */
  void found(Verdict verdict, String text) {
    counter(verdicts, verdict).increment();
    if (texts.size() < MAXIMUM_TEXTS) {
      texts.add(verdict.text() + ": " + text);
    }
  }

  /** Records how long a call took. */
  void took(String call, Duration time, Duration longest) {
    longestCall.accumulateAndGet(time.toNanos(), Math::max);
    if (time.compareTo(longest) > 0) {
      found(Verdict.HUNG, call + " took " + time.toSeconds() + " s");
    }
  }

  /** When a write was last reported as applied, by {@link System#nanoTime}. */
  long lastSuccess() {
    return lastSuccess.get();
  }

  /** The longest call so far. */
  Duration longestCall() {
    return Duration.ofNanos(longestCall.get());
  }

  /** How often calls ended so. */
  long count(Reply answer) {
    return counter(reported, answer).sum();
  }

  /** How many contradictions of that kind there are. */
  long count(Verdict verdict) {
    return counter(verdicts, verdict).sum();
  }

  /** The first contradictions, as sentences. */
  List<String> texts() {
    return List.copyOf(texts);
  }

  /** Whether nothing contradicts the contract. */
  boolean isClean() {
    return verdicts.values().stream().allMatch(counter -> counter.sum() == 0);
  }
}
