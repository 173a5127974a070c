package io.odin.persistence.visibility;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The visibility record of a run, which lists and searches return.
 *
 * @param run the run
 * @param workflowType the type
 * @param taskQueue the name of the queue of its tasks
 * @param state running, or how it ended
 * @param status an application-defined text of at most 255 characters
 * @param startTime the time of the start, by the engine's clock
 * @param executionTime when it was due to begin: the start time plus the first delay
 * @param closeTime the time of the end, given exactly when the state is a closed one; it may be
 *     before the start time, since the clocks of engines differ
 * @param historyLength the number of its events
 * @param stateTransitionCount the number of its state transitions
 * @param memo data that the starter keeps with the run
 * @param searchAttributes its search attributes, which the namespace must have registered
 * @param parent the run that started it, of the same namespace
 */
public record VisibilityRecord(
    RunKey run,
    String workflowType,
    String taskQueue,
    WorkflowState state,
    Optional<String> status,
    Instant startTime,
    Instant executionTime,
    Optional<Instant> closeTime,
    long historyLength,
    long stateTransitionCount,
    Json memo,
    SearchAttributes searchAttributes,
    Optional<RunKey> parent) {

  /**
   * Checks every field.
   *
   * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
   *     bounds
   */
  public VisibilityRecord {
    Require.nonNull("run", run);
    Require.id("workflowType", workflowType);
    Require.id("taskQueue", taskQueue);
    Require.nonNull("state", state);
    Require.nonNull("status", status)
        .ifPresent(text -> Require.text("status", text, Require.ID_LENGTH));
    startTime = Require.instant("startTime", startTime);
    executionTime = Require.instant("executionTime", executionTime);
    closeTime = Require.optionalInstant("closeTime", closeTime);
    Require.that(
        state.isClosed() == closeTime.isPresent(),
        "closeTime",
        state.isClosed()
            ? "is missing: a run that is " + state.value() + " has ended at some time"
            : "is given: a run that is running has not ended");
    Require.between("historyLength", historyLength, 0, Long.MAX_VALUE);
    Require.between("stateTransitionCount", stateTransitionCount, 0, Long.MAX_VALUE);
    Require.nonNull("memo", memo);
    Require.nonNull("searchAttributes", searchAttributes);
    Require.that(
        Require.nonNull("parent", parent)
            .map(RunKey::namespace)
            .orElse(run.namespace())
            .equals(run.namespace()),
        "parent",
        "is of another namespace: runs are started within one");
  }

  /**
   * The duration in whole milliseconds, from the execution time to the close time; zero if the
   * close time is earlier. Empty while the run is open.
   */
  public Optional<Duration> executionDuration() {
    return closeTime.map(
        end -> Duration.ofMillis(Math.max(0, Duration.between(executionTime, end).toMillis())));
  }

  /**
   * What this record says of the state of its run that is not so; empty if it agrees.
   *
   * @param actual the state of the run
   * @param completedAt its end
   */
  public Optional<String> contradiction(WorkflowState actual, Optional<Instant> completedAt) {
    return differs("state", state.value(), actual.value())
        .or(() -> differs("closeTime", text(closeTime), text(completedAt)));
  }

  /**
   * What this record says of its run that is not so, of what is fixed when a run is created; empty
   * if it agrees.
   */
  public Optional<String> contradiction(
      String actualType, String actualQueue, Instant actualStart) {
    return differs("workflowType", workflowType, actualType)
        .or(() -> differs("taskQueue", taskQueue, actualQueue))
        .or(() -> differs("startTime", startTime.toString(), actualStart.toString()));
  }

  private static Optional<String> differs(String field, String shown, String actual) {
    return shown.equals(actual)
        ? Optional.empty()
        : Optional.of(
            "has %s %s where the run has %s: a record agrees with its run"
                .formatted(field, shown, actual));
  }

  private static String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse("none");
  }

  /** A builder for a running run whose execution time is its start time. */
  public static Builder builder(
      RunKey run, String workflowType, String taskQueue, Instant startTime) {
    return new Builder(run, workflowType, taskQueue, startTime);
  }

  /** A builder that begins with this record. */
  public Builder toBuilder() {
    Builder builder = new Builder(run, workflowType, taskQueue, startTime);
    builder.state = state;
    builder.status = status;
    builder.executionTime = executionTime;
    builder.closeTime = closeTime;
    builder.historyLength = historyLength;
    builder.stateTransitionCount = stateTransitionCount;
    builder.memo = memo;
    builder.searchAttributes = searchAttributes;
    builder.parent = parent;
    return builder;
  }

  /** Collects a record. Not thread-safe. */
  public static final class Builder {
    private final RunKey run;
    private final String workflowType;
    private final String taskQueue;
    private final Instant startTime;
    private WorkflowState state = WorkflowState.RUNNING;
    private Optional<String> status = Optional.empty();
    private Instant executionTime;
    private Optional<Instant> closeTime = Optional.empty();
    private long historyLength;
    private long stateTransitionCount;
    private Json memo = Json.emptyObject();
    private SearchAttributes searchAttributes = SearchAttributes.none();
    private Optional<RunKey> parent = Optional.empty();

    private Builder(RunKey run, String workflowType, String taskQueue, Instant startTime) {
      this.run = run;
      this.workflowType = workflowType;
      this.taskQueue = taskQueue;
      this.startTime = startTime;
      executionTime = startTime;
    }

    /** Ends the run. */
    public Builder closed(WorkflowState value, Instant at) {
      state = value;
      closeTime = Optional.of(Require.nonNull("closeTime", at));
      return this;
    }

    /** Sets the application-defined status. */
    public Builder status(String value) {
      status = Optional.of(Require.nonNull("status", value));
      return this;
    }

    /** Sets the execution time. */
    public Builder executionTime(Instant value) {
      executionTime = value;
      return this;
    }

    /** Sets the number of its events. */
    public Builder historyLength(long value) {
      historyLength = value;
      return this;
    }

    /** Sets the number of its state transitions. */
    public Builder stateTransitionCount(long value) {
      stateTransitionCount = value;
      return this;
    }

    /** Sets the memo. */
    public Builder memo(Json value) {
      memo = value;
      return this;
    }

    /** Sets the search attributes, all of them. */
    public Builder searchAttributes(SearchAttributes value) {
      searchAttributes = value;
      return this;
    }

    /** Sets the parent. */
    public Builder parent(RunKey value) {
      parent = Optional.of(Require.nonNull("parent", value));
      return this;
    }

    /**
     * The record.
     *
     * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
     *     bounds
     */
    public VisibilityRecord build() {
      return new VisibilityRecord(
          run,
          workflowType,
          taskQueue,
          state,
          status,
          startTime,
          executionTime,
          closeTime,
          historyLength,
          stateTransitionCount,
          memo,
          searchAttributes,
          parent);
    }
  }
}
