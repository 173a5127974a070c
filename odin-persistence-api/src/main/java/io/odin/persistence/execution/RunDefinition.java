package io.odin.persistence.execution;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The properties of a run that are fixed when it is created.
 *
 * @param workflowType the type of the workflow
 * @param taskQueue the name of the queue of its workflow tasks
 * @param startedAt the time of the start, by the engine's clock; truncated to microseconds
 * @param workflowTimeout maximum duration of all runs together, in whole seconds
 * @param runTimeout maximum duration of this run, in whole seconds
 * @param taskTimeout maximum duration of a workflow task, in whole seconds
 * @param retryPolicy opaque to the store
 * @param cronSchedule opaque to the store
 * @param parent the run that started this one
 * @param startRequestId the id of the request that started it: the same request sent again returns
 *     this run
 * @param base the run from which this one has the beginning of its history
 */
public record RunDefinition(
    String workflowType,
    String taskQueue,
    Instant startedAt,
    Optional<Duration> workflowTimeout,
    Optional<Duration> runTimeout,
    Optional<Duration> taskTimeout,
    Optional<Json> retryPolicy,
    Optional<String> cronSchedule,
    Optional<ParentLink> parent,
    Optional<String> startRequestId,
    Optional<BaseRun> base) {

  /**
   * Checks every field.
   *
   * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
   *     bounds
   */
  public RunDefinition {
    Require.id("workflowType", workflowType);
    Require.id("taskQueue", taskQueue);
    startedAt = Require.instant("startedAt", startedAt);
    Require.optionalSeconds("workflowTimeout", workflowTimeout);
    Require.optionalSeconds("runTimeout", runTimeout);
    Require.optionalSeconds("taskTimeout", taskTimeout);
    Require.nonNull("retryPolicy", retryPolicy);
    Require.optionalId("cronSchedule", cronSchedule);
    Require.nonNull("parent", parent);
    Require.optionalId("startRequestId", startRequestId);
    Require.nonNull("base", base);
  }

  /** A builder with what every run must have. */
  public static Builder builder(String workflowType, String taskQueue, Instant startedAt) {
    return new Builder(workflowType, taskQueue, startedAt);
  }

  /** Collects a definition. Not thread-safe. */
  public static final class Builder {
    private final String workflowType;
    private final String taskQueue;
    private final Instant startedAt;
    private Optional<Duration> workflowTimeout = Optional.empty();
    private Optional<Duration> runTimeout = Optional.empty();
    private Optional<Duration> taskTimeout = Optional.empty();
    private Optional<Json> retryPolicy = Optional.empty();
    private Optional<String> cronSchedule = Optional.empty();
    private Optional<ParentLink> parent = Optional.empty();
    private Optional<String> startRequestId = Optional.empty();
    private Optional<BaseRun> base = Optional.empty();

    private Builder(String workflowType, String taskQueue, Instant startedAt) {
      this.workflowType = workflowType;
      this.taskQueue = taskQueue;
      this.startedAt = startedAt;
    }

    /** Sets the maximum duration of all runs together. */
    public Builder workflowTimeout(Duration value) {
      workflowTimeout = Optional.of(Require.nonNull("workflowTimeout", value));
      return this;
    }

    /** Sets the maximum duration of this run. */
    public Builder runTimeout(Duration value) {
      runTimeout = Optional.of(Require.nonNull("runTimeout", value));
      return this;
    }

    /** Sets the maximum duration of a workflow task. */
    public Builder taskTimeout(Duration value) {
      taskTimeout = Optional.of(Require.nonNull("taskTimeout", value));
      return this;
    }

    /** Sets the retry policy. */
    public Builder retryPolicy(Json value) {
      retryPolicy = Optional.of(Require.nonNull("retryPolicy", value));
      return this;
    }

    /** Sets the cron schedule. */
    public Builder cronSchedule(String value) {
      cronSchedule = Optional.of(Require.nonNull("cronSchedule", value));
      return this;
    }

    /** Sets the run that started this one. */
    public Builder parent(ParentLink value) {
      parent = Optional.of(Require.nonNull("parent", value));
      return this;
    }

    /** Sets the id of the request that started it. */
    public Builder startRequestId(String value) {
      startRequestId = Optional.of(Require.nonNull("startRequestId", value));
      return this;
    }

    /**
     * Sets the run from which this one has the beginning of its history. Unless the change that
     * creates the run brings the whole history, from event 1, the database copies the beginning in
     * the same transaction; see {@link CreateRun}.
     */
    public Builder base(BaseRun value) {
      base = Optional.of(Require.nonNull("base", value));
      return this;
    }

    /**
     * The definition.
     *
     * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
     *     bounds
     */
    public RunDefinition build() {
      return new RunDefinition(
          workflowType,
          taskQueue,
          startedAt,
          workflowTimeout,
          runTimeout,
          taskTimeout,
          retryPolicy,
          cronSchedule,
          parent,
          startRequestId,
          base);
    }
  }
}
