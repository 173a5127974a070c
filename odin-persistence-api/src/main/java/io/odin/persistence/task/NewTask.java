package io.odin.persistence.task;

import io.odin.persistence.Json;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.internal.Require;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A task to be enqueued.
 *
 * @param queue where it goes
 * @param run the run it belongs to, in the namespace of the queue; its workflow id decides the
 *     partition
 * @param data what the worker is to know
 * @param taskId the caller's id, 0 or more, which makes enqueueing it again harmless; empty lets
 *     the store make one, which is below 0
 * @param priority 1 (first) to 5 (last), 3 unless set
 * @param delay it becomes ready at the database's now + this
 * @param expiresAfter it is never delivered after the database's now + this; empty if it does not
 *     expire
 */
public record NewTask(
    TaskQueue queue,
    RunKey run,
    Json data,
    OptionalLong taskId,
    int priority,
    Duration delay,
    Optional<Duration> expiresAfter) {

  /** The priority of tasks for which none is set. */
  public static final int DEFAULT_PRIORITY = 3;

  /**
   * Checks every field.
   *
   * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
   *     bounds
   */
  public NewTask {
    Require.nonNull("queue", queue);
    Require.nonNull("run", run);
    Require.that(
        queue.namespace().equals(run.namespace()),
        "run",
        "is of another namespace than its task queue: a task stays within its namespace");
    Require.nonNull("taskData", data);
    Require.nonNull("taskId", taskId)
        .ifPresent(id -> Require.between("taskId", id, 0, Long.MAX_VALUE));
    Require.between("priority", priority, 1, 5);
    delay = Require.nonNegative("delay", delay);
    expiresAfter =
        Require.nonNull("expiresAfter", expiresAfter)
            .map(duration -> Require.positive("expiresAfter", duration));
  }

  /** A task that is ready at once, with an id made by the store. */
  public static NewTask of(TaskQueue queue, RunKey run, Json data) {
    return builder(queue, run, data).build();
  }

  /** A builder for all that can be set. */
  public static Builder builder(TaskQueue queue, RunKey run, Json data) {
    return new Builder(queue, run, data);
  }

  /** Collects what is to be said of a task. Not thread-safe. */
  public static final class Builder {
    private final TaskQueue queue;
    private final RunKey run;
    private final Json data;
    private OptionalLong taskId = OptionalLong.empty();
    private int priority = DEFAULT_PRIORITY;
    private Duration delay = Duration.ZERO;
    private @Nullable Duration expiresAfter;

    private Builder(TaskQueue queue, RunKey run, Json data) {
      this.queue = queue;
      this.run = run;
      this.data = data;
    }

    /** Sets the caller's id, 0 or more. */
    public Builder taskId(long value) {
      taskId = OptionalLong.of(value);
      return this;
    }

    /** Sets the priority, 1 (first) to 5 (last). */
    public Builder priority(int value) {
      priority = value;
      return this;
    }

    /** Sets how long the task stays hidden. */
    public Builder delay(Duration value) {
      delay = value;
      return this;
    }

    /** Sets how long the task may be delivered. */
    public Builder expiresAfter(Duration value) {
      expiresAfter = Require.nonNull("expiresAfter", value);
      return this;
    }

    /**
     * The task.
     *
     * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
     *     bounds
     */
    public NewTask build() {
      return new NewTask(
          queue, run, data, taskId, priority, delay, Optional.ofNullable(expiresAfter));
    }
  }
}
