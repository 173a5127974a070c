package io.odin.persistence.cli.report;

import io.odin.persistence.OperationObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts and times the operations of a {@code Persistence}. Thread-safe. */
public final class OperationStatistics implements OperationObserver {

  private final Map<String, Times> operations = new ConcurrentSkipListMap<>();

  @Override
  public void completed(Operation operation) {
    operations.computeIfAbsent(operation.name(), name -> new Times()).add(operation);
  }

  /**
   * One row for each operation: calls, those that failed and those that were retried, calls per
   * second, and milliseconds that a call took.
   *
   * @param over the time in which the operations ran
   */
  public Table toTable(Duration over) {
    Table.Builder table =
        Table.builder(
            "Operations",
            "operation",
            "calls",
            "per_second",
            "failed",
            "retried",
            "median_ms",
            "p99_ms",
            "max_ms");
    double seconds = Math.max(0.001, over.toNanos() / 1e9);
    operations.forEach(
        (name, times) ->
            table
                .cell(name)
                .cell(times.calls.sum())
                .cell(Math.round(times.calls.sum() / seconds))
                .cell(times.failed.sum())
                .cell(times.retried.sum())
                .cell(times.milliseconds(0.5))
                .cell(times.milliseconds(0.99))
                .cell(times.longest.get() / 1e6));
    return table.build();
  }

  /**
   * A histogram of durations. Each bucket is 5 % wider than the one before, so that quantiles are
   * exact to 5 %.
   */
  private static final class Times {
    private static final double GROWTH = Math.log(1.05);
    private static final int BUCKETS = 600;

    private final LongAdder calls = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Long::max, 0);
    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);

    void add(Operation operation) {
      long nanos = Math.max(1, operation.elapsed().toNanos());
      calls.increment();
      longest.accumulate(nanos);
      buckets.incrementAndGet(Math.min(BUCKETS - 1, (int) (Math.log((double) nanos) / GROWTH)));
      if (operation.failure().isPresent()) {
        failed.increment();
      }
      if (operation.attempts() > 1) {
        retried.increment();
      }
    }

    double milliseconds(double quantile) {
      long total = 0;
      for (int i = 0; i < BUCKETS; i++) {
        total += buckets.get(i);
      }
      long wanted = Math.max(1, (long) Math.ceil(total * quantile));
      long seen = 0;
      for (int i = 0; i < BUCKETS; i++) {
        seen += buckets.get(i);
        if (seen >= wanted) {
          return Math.min(Math.exp((i + 1) * GROWTH), (double) longest.get()) / 1e6;
        }
      }
      return longest.get() / 1e6;
    }
  }
}
