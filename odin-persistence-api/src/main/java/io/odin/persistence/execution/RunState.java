package io.odin.persistence.execution;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The mutable state of a run, which each commit replaces as a whole.
 *
 * @param state running, or how it ended
 * @param executionState the engine's own state, opaque
 * @param lastProcessedEventId the last event that a worker has seen, 0 if none
 * @param completionEventId the event that closed the run
 * @param memo data that the starter keeps with the run
 * @param searchAttributes a JSON object
 * @param autoResetPoints opaque to the store
 * @param completedAt when it ended, by the engine's clock; given exactly when the state is a closed
 *     one
 */
public record RunState(
    WorkflowState state,
    Bytes executionState,
    long lastProcessedEventId,
    OptionalLong completionEventId,
    Json memo,
    Json searchAttributes,
    Json autoResetPoints,
    Optional<Instant> completedAt) {

  /**
   * Checks every field.
   *
   * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
   *     bounds
   */
  public RunState {
    Require.nonNull("state", state);
    Require.nonNull("executionState", executionState);
    Require.between("lastProcessedEventId", lastProcessedEventId, 0, Long.MAX_VALUE);
    Require.nonNull("completionEventId", completionEventId)
        .ifPresent(id -> Require.between("completionEventId", id, 1, Long.MAX_VALUE));
    Require.nonNull("memo", memo);
    Require.nonNull("searchAttributes", searchAttributes);
    Require.nonNull("autoResetPoints", autoResetPoints);
    completedAt = Require.optionalInstant("completedAt", completedAt);
    Require.that(
        state.isClosed() == completedAt.isPresent(),
        "completedAt",
        state.isClosed()
            ? "is missing: a run that is " + state.value() + " has ended at some time"
            : "is given: a run that is running has not ended");
  }

  /** The state of a run that has just started. */
  public static RunState running(Bytes executionState) {
    return builder().executionState(executionState).build();
  }

  /** A builder that begins with a running run. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins with this state. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.state = state;
    builder.executionState = executionState;
    builder.lastProcessedEventId = lastProcessedEventId;
    builder.completionEventId = completionEventId;
    builder.memo = memo;
    builder.searchAttributes = searchAttributes;
    builder.autoResetPoints = autoResetPoints;
    builder.completedAt = completedAt;
    return builder;
  }

  /** Collects a state. Not thread-safe. */
  public static final class Builder {
    private WorkflowState state = WorkflowState.RUNNING;
    private Bytes executionState = Bytes.empty();
    private long lastProcessedEventId;
    private OptionalLong completionEventId = OptionalLong.empty();
    private Json memo = Json.emptyObject();
    private Json searchAttributes = Json.emptyObject();
    private Json autoResetPoints = Json.emptyObject();
    private Optional<Instant> completedAt = Optional.empty();

    private Builder() {}

    /** Ends the run. */
    public Builder closed(WorkflowState value, Instant at) {
      state = value;
      completedAt = Optional.of(Require.nonNull("completedAt", at));
      return this;
    }

    /** Sets the state without the time of its end. */
    public Builder state(WorkflowState value) {
      state = value;
      return this;
    }

    /** Sets the engine's own state. */
    public Builder executionState(Bytes value) {
      executionState = value;
      return this;
    }

    /** Sets the last event that a worker has seen. */
    public Builder lastProcessedEventId(long value) {
      lastProcessedEventId = value;
      return this;
    }

    /** Sets the event that closed the run. */
    public Builder completionEventId(long value) {
      completionEventId = OptionalLong.of(value);
      return this;
    }

    /** Sets the memo. */
    public Builder memo(Json value) {
      memo = value;
      return this;
    }

    /** Sets the search attributes. */
    public Builder searchAttributes(Json value) {
      searchAttributes = value;
      return this;
    }

    /** Sets the reset points. */
    public Builder autoResetPoints(Json value) {
      autoResetPoints = value;
      return this;
    }

    /**
     * The state.
     *
     * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
     *     bounds
     */
    public RunState build() {
      return new RunState(
          state,
          executionState,
          lastProcessedEventId,
          completionEventId,
          memo,
          searchAttributes,
          autoResetPoints,
          completedAt);
    }
  }
}
