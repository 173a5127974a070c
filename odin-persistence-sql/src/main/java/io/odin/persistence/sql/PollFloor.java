package io.odin.persistence.sql;

import io.odin.persistence.task.LeasedTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * From when on a poll looks for ready tasks, for each priority. Immutable.
 *
 * @param byPriority five instants, of priority 1 first
 */
public record PollFloor(List<Instant> byPriority) {

  private static final int PRIORITIES = 5;
  private static final PollFloor BOTTOM =
      new PollFloor(Collections.nCopies(PRIORITIES, Instant.EPOCH));

  /** Copies the list. */
  public PollFloor {
    byPriority = List.copyOf(byPriority);
  }

  /** A poll from here looks at every task. */
  public static PollFloor bottom() {
    return BOTTOM;
  }

  /** The higher floor from which tasks were taken; a priority that gave none stays where it is. */
  PollFloor raisedTo(List<LeasedTask> taken) {
    List<Instant> raised = new ArrayList<>(byPriority);
    // Delivered in order, so that the first of each priority is the earliest: from the last to the
    // first, that is what stays.
    for (LeasedTask leased : taken.reversed()) {
      raised.set(leased.task().priority() - 1, leased.task().scheduledAt());
    }
    return new PollFloor(raised);
  }

  /** The parameters {@code floor_1} to {@code floor_5}, added to others. */
  public Binds bind(Binds binds) {
    for (int priority = 1; priority <= PRIORITIES; priority++) {
      binds.and("floor_" + priority, byPriority.get(priority - 1));
    }
    return binds;
  }
}
