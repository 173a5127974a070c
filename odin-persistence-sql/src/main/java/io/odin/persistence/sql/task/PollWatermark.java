package io.odin.persistence.sql.task;

import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Columns;
import io.odin.persistence.task.LeasedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.Field;

/**
 * From when on a poll looks for ready tasks, for each priority. Immutable.
 *
 * @param byPriority five instants, of priority 1 first
 */
public record PollWatermark(List<Instant> byPriority) {

  private static final int PRIORITIES = 5;
  private static final Duration TIME_TO_COMMIT = Duration.ofSeconds(1);

  /** Its parameters, {@code watermark_1} to {@code watermark_5}. */
  static final List<Field<Instant>> PARAMETERS =
      IntStream.rangeClosed(1, PRIORITIES)
          .mapToObj(priority -> Columns.instant("watermark_" + priority))
          .toList();

  private static final PollWatermark LOWEST =
      new PollWatermark(Collections.nCopies(PRIORITIES, Instant.EPOCH));

  /** Copies the list. */
  public PollWatermark {
    byPriority = List.copyOf(byPriority);
  }

  /** A poll from here looks at every task. */
  public static PollWatermark lowest() {
    return LOWEST;
  }

  /**
   * The higher watermark that a full batch has shown. A priority that gave tasks has none ready
   * before the first of them. One that comes before the last of them and gave none had none ready
   * at all: its watermark follows the claim at a distance, so that a task whose transaction takes a
   * moment to commit is not below it. Those that come after have not been looked at.
   *
   * @param taken in the order of delivery, not empty
   */
  PollWatermark raisedTo(List<LeasedTask> taken, Instant claimedAt) {
    List<Instant> raised = new ArrayList<>(byPriority);
    int last = taken.getLast().task().priority();
    Collections.fill(raised.subList(0, last - 1), claimedAt.minus(TIME_TO_COMMIT));
    // From the last to the first, that is what stays.
    for (LeasedTask leased : taken.reversed()) {
      raised.set(leased.task().priority() - 1, leased.task().scheduledAt());
    }
    return new PollWatermark(raised);
  }

  /** {@link #PARAMETERS}, added to others. */
  Binds bind(Binds binds) {
    for (int i = 0; i < PRIORITIES; i++) {
      binds.and(PARAMETERS.get(i), byPriority.get(i));
    }
    return binds;
  }
}
