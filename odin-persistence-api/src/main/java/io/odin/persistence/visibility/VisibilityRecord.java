package io.odin.persistence.visibility;

import io.odin.persistence.Json;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.WorkflowState;
import io.odin.persistence.internal.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What lists and searches show of a run.
 *
 * @param run which run
 * @param workflowType the type
 * @param taskQueue the queue that its tasks go to
 * @param state running, or how it ended
 * @param status a text of the application's own, of at most 255 characters
 * @param startTime when it was started, by the engine's clock
 * @param executionTime when it was to begin: the start time plus the first delay
 * @param closeTime when it ended, given exactly when the state is a closed one; engines' clocks
 *     differ, so that it may lie before the start time
 * @param historyLength how many events it has
 * @param stateTransitionCount how often its state has changed
 * @param memo whatever the starter wanted to keep with the run
 * @param searchAttributes what else it can be found by; the namespace must have registered them
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
   * How long it took, in whole milliseconds: from the execution time to the close time, and zero if
   * the clocks say that it ended before it began. Empty while the run is open.
   */
  public Optional<Duration> executionDuration() {
    return closeTime.map(
        end -> Duration.ofMillis(Math.max(0, Duration.between(executionTime, end).toMillis())));
  }

  /** A builder for a running run that began when it was started. */
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

    /** Sets the application's own status. */
    public Builder status(String value) {
      status = Optional.of(Require.nonNull("status", value));
      return this;
    }

    /** Sets when the run was to begin. */
    public Builder executionTime(Instant value) {
      executionTime = value;
      return this;
    }

    /** Sets how many events it has. */
    public Builder historyLength(long value) {
      historyLength = value;
      return this;
    }

    /** Sets how often its state has changed. */
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

    /** Sets the run that started it. */
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
