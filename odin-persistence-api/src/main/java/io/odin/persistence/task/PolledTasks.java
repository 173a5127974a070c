package io.odin.persistence.task;

import io.odin.persistence.internal.Require;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a poll of several queues has found.
 *
 * @param tasks the tasks that were leased
 * @param nextReady how long it is until the next task of the queues becomes ready, as {@link
 *     TaskQueueStore#nextReady} returns it: from before the tasks were leased, and so zero if there
 *     are any
 */
public record PolledTasks(List<LeasedTask> tasks, Optional<Duration> nextReady) {

  /** Copies the tasks. */
  public PolledTasks {
    tasks = List.copyOf(Require.nonNull("tasks", tasks));
    Require.nonNull("nextReady", nextReady);
  }
}
