package io.odin.persistence.execution;

import io.odin.persistence.Json;
import io.odin.persistence.internal.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is fixed when a run is created.
 *
 * @param workflowType what the workers call it
 * @param taskQueue the name of the queue that its workflow tasks go to
 * @param startedAt when it was started, by the engine's clock; truncated to microseconds
 * @param workflowTimeout how long all runs together may take, in whole seconds
 * @param runTimeout how long this run may take, in whole seconds
 * @param taskTimeout how long a workflow task may take, in whole seconds
 * @param retryPolicy opaque to the store
 * @param cronSchedule opaque to the store
 * @param parent which run started this one
 * @param startRequestId the id of the request that started it: the same request sent again finds
 *     this run
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
    Optional<String> startRequestId) {

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

    private Builder(String workflowType, String taskQueue, Instant startedAt) {
      this.workflowType = workflowType;
      this.taskQueue = taskQueue;
      this.startedAt = startedAt;
    }

    /** Sets how long all runs together may take. */
    public Builder workflowTimeout(Duration value) {
      workflowTimeout = Optional.of(Require.nonNull("workflowTimeout", value));
      return this;
    }

    /** Sets how long this run may take. */
    public Builder runTimeout(Duration value) {
      runTimeout = Optional.of(Require.nonNull("runTimeout", value));
      return this;
    }

    /** Sets how long a workflow task may take. */
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

    /** Sets which run started this one. */
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
          startRequestId);
    }
  }
}
