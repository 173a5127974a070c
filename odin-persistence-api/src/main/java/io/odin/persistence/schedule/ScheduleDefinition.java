package io.odin.persistence.schedule;

import io.odin.persistence.internal.Require;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The definition of a schedule: its times, and the workflow that it starts. An update replaces all
 * of it.
 *
 * @param spec the due times
 * @param workflowType the type of the workflow
 * @param taskQueue the name of the queue of its workflow tasks
 * @param input the input of the workflow
 * @param workflowTimeout maximum duration of a workflow, in whole seconds
 * @param retryPolicy opaque to the store
 * @param memo opaque to the store
 * @param searchAttributes the search attributes of its runs
 * @param overlapPolicy the policy while the last run is open
 * @param catchUpWindow maximum delay of a claim after the due time, in whole seconds, at least 10;
 *     an older due time is dropped
 * @param jitter each due time is claimed later, by a delay below this: {@link
 *     Schedule#claimableAt}; whole seconds, zero for none. The catch-up window begins after it
 * @param maximumActions how many runs it starts; empty for no limit. See {@link
 *     Schedule#remainingActions}
 * @param startAt no due time is before this
 * @param endAt no due time is after this
 */
public record ScheduleDefinition(
    ScheduleSpec spec,
    String workflowType,
    String taskQueue,
    Optional<Json> input,
    Optional<Duration> workflowTimeout,
    Optional<Json> retryPolicy,
    Optional<Json> memo,
    Optional<Json> searchAttributes,
    OverlapPolicy overlapPolicy,
    Duration catchUpWindow,
    Duration jitter,
    OptionalLong maximumActions,
    Optional<Instant> startAt,
    Optional<Instant> endAt) {

  /** The shortest catch-up window, since schedulers do not claim at once. */
  public static final Duration SHORTEST_CATCH_UP_WINDOW = Duration.ofSeconds(10);

  /** The catch-up window of schedules for which none is set. */
  public static final Duration DEFAULT_CATCH_UP_WINDOW = Duration.ofDays(365);

  /**
   * Checks every field.
   *
   * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
   *     bounds
   */
  public ScheduleDefinition {
    Require.nonNull("spec", spec);
    Require.id("workflowType", workflowType);
    Require.id("taskQueue", taskQueue);
    Require.nonNull("input", input);
    Require.optionalSeconds("workflowTimeout", workflowTimeout);
    Require.nonNull("retryPolicy", retryPolicy);
    Require.nonNull("memo", memo);
    Require.nonNull("searchAttributes", searchAttributes);
    Require.nonNull("overlapPolicy", overlapPolicy);
    Require.wholeSeconds("catchUpWindow", catchUpWindow, SHORTEST_CATCH_UP_WINDOW.toSeconds());
    Require.wholeSeconds("jitter", jitter, 0);
    Require.nonNull("maximumActions", maximumActions)
        .ifPresent(value -> Require.between("maximumActions", value, 1, Long.MAX_VALUE));
    startAt = Require.optionalInstant("startAt", startAt);
    endAt = Require.optionalInstant("endAt", endAt);
    if (startAt.isPresent() && endAt.isPresent()) {
      Require.that(
          endAt.get().isAfter(startAt.get()),
          "endAt",
          "is " + endAt.get() + ": it must be after startAt, " + startAt.get());
    }
  }

  /** A builder with what every schedule must have. */
  public static Builder builder(ScheduleSpec spec, String workflowType, String taskQueue) {
    return new Builder(spec, workflowType, taskQueue);
  }

  /** Collects a definition. Not thread-safe. */
  public static final class Builder {
    private final ScheduleSpec spec;
    private final String workflowType;
    private final String taskQueue;
    private Optional<Json> input = Optional.empty();
    private Optional<Duration> workflowTimeout = Optional.empty();
    private Optional<Json> retryPolicy = Optional.empty();
    private Optional<Json> memo = Optional.empty();
    private Optional<Json> searchAttributes = Optional.empty();
    private OverlapPolicy overlapPolicy = OverlapPolicy.SKIP;
    private Duration catchUpWindow = DEFAULT_CATCH_UP_WINDOW;
    private Duration jitter = Duration.ZERO;
    private OptionalLong maximumActions = OptionalLong.empty();
    private Optional<Instant> startAt = Optional.empty();
    private Optional<Instant> endAt = Optional.empty();

    private Builder(ScheduleSpec spec, String workflowType, String taskQueue) {
      this.spec = spec;
      this.workflowType = workflowType;
      this.taskQueue = taskQueue;
    }

    /** Sets the input of the workflow. */
    public Builder input(Json value) {
      input = Optional.of(Require.nonNull("input", value));
      return this;
    }

    /** Sets the maximum duration of a workflow. */
    public Builder workflowTimeout(Duration value) {
      workflowTimeout = Optional.of(Require.nonNull("workflowTimeout", value));
      return this;
    }

    /** Sets the retry policy. */
    public Builder retryPolicy(Json value) {
      retryPolicy = Optional.of(Require.nonNull("retryPolicy", value));
      return this;
    }

    /** Sets the memo. */
    public Builder memo(Json value) {
      memo = Optional.of(Require.nonNull("memo", value));
      return this;
    }

    /** Sets the search attributes. */
    public Builder searchAttributes(Json value) {
      searchAttributes = Optional.of(Require.nonNull("searchAttributes", value));
      return this;
    }

    /** Sets the policy while the last run is open. */
    public Builder overlapPolicy(OverlapPolicy value) {
      overlapPolicy = value;
      return this;
    }

    /** Sets the maximum delay of a claim after the due time. */
    public Builder catchUpWindow(Duration value) {
      catchUpWindow = value;
      return this;
    }

    /** Sets the upper bound of the delay of its due times. */
    public Builder jitter(Duration value) {
      jitter = value;
      return this;
    }

    /** Sets how many runs it starts. */
    public Builder maximumActions(long value) {
      maximumActions = OptionalLong.of(value);
      return this;
    }

    /** Sets the time before which it is not due. */
    public Builder startAt(Instant value) {
      startAt = Optional.of(Require.nonNull("startAt", value));
      return this;
    }

    /** Sets the time after which it is not due. */
    public Builder endAt(Instant value) {
      endAt = Optional.of(Require.nonNull("endAt", value));
      return this;
    }

    /**
     * The definition.
     *
     * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
     *     bounds
     */
    public ScheduleDefinition build() {
      return new ScheduleDefinition(
          spec,
          workflowType,
          taskQueue,
          input,
          workflowTimeout,
          retryPolicy,
          memo,
          searchAttributes,
          overlapPolicy,
          catchUpWindow,
          jitter,
          maximumActions,
          startAt,
          endAt);
    }
  }
}
