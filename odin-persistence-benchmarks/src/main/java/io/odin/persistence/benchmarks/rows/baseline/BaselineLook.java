package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.BaselineRows;
import io.odin.persistence.benchmarks.baseline.Column;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.task.TaskQueue;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out on plain JDBC which of several queues have tasks. */
public final class BaselineLook {

  private static final String NAME = "taskQueues.firstReady";

  private final Baseline baseline;
  private final Prepared look;
  private final BaselineRows rows;
  private final List<TaskQueue> queues;
  private final int watermarks;

  public BaselineLook(Baseline baseline, List<TaskQueue> queues) throws SQLException {
    this.baseline = baseline;
    this.queues = List.copyOf(queues);
    look = baseline.prepare(NAME);
    Sql sql = baseline.named(NAME).getFirst();
    // Not every database takes them.
    List<Column> ofWatermarks =
        IntStream.rangeClosed(1, 5)
            .mapToObj(priority -> "watermark_" + priority)
            .filter(sql.parameters()::contains)
            .map(Column::instant)
            .toList();
    watermarks = ofWatermarks.size();
    rows =
        look.rows(
            NAME,
            Stream.concat(
                    Stream.of(
                        Column.uuid("namespace_id"),
                        Column.text("task_queue_name"),
                        Column.text("task_queue_type"),
                        Column.integer("queue_number")),
                    ofWatermarks.stream())
                .toArray(Column[]::new));
  }

  /** Whether any queue has a task that is waiting or leased. */
  public boolean findsTask(Instant bottom) throws SQLException {
    List<@Nullable Object[]> values = new ArrayList<>(queues.size());
    for (TaskQueue queue : queues) {
      List<Object> row = new ArrayList<>();
      row.add(queue.namespace().value());
      row.add(queue.name());
      row.add(queue.type().value());
      row.add(values.size());
      row.addAll(Collections.nCopies(watermarks, bottom));
      values.add(row.toArray());
    }
    rows.bind(values);
    long found = look.send((sql, row) -> baseline.instant(row, "available_at")).getFirst();
    baseline.commit();
    return found > 0;
  }
}
