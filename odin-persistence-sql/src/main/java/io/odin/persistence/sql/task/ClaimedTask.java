package io.odin.persistence.sql.task;

import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A task that a poll has found.
 *
 * @param leased the task
 * @param unread the key under which its payload is to be read, which is too large to be read
 *     together with those of the other tasks; empty if the task has its payload
 */
public record ClaimedTask(LeasedTask leased, Optional<TaskKey> unread) {

  /**
   * The tasks that a poll takes: all up to the first large one that is too many.
   *
   * @param found in their order
   * @param maximumLarge how many tasks with large payloads a poll takes
   */
  public static List<ClaimedTask> taken(List<ClaimedTask> found, int maximumLarge) {
    List<ClaimedTask> taken = new ArrayList<>();
    int large = 0;
    for (ClaimedTask task : found) {
      if (task.unread().isPresent() && ++large > maximumLarge) {
        break;
      }
      taken.add(task);
    }
    return taken;
  }
}
