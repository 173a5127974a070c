package io.odin.persistence.execution;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Require;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes an open run, or closes it. Immutable. */
public final class UpdateRun implements RunChange {

  private final RunKey key;
  private final long expectedVersion;
  private final UpdateMode mode;
  private final RunState state;
  private final List<HistoryEvent> history;
  private final List<TimerUpsert> timers;
  private final List<TimerDelete> timersDeleted;
  private final List<String> signalsConsumed;
  private final long signalsSeen;
  private final @Nullable VisibilityRecord visibility;
  private final @Nullable Tags tags;

  private UpdateRun(Builder builder) {
    key = Require.nonNull("run", builder.key);
    expectedVersion =
        Require.between("expectedVersion", builder.expectedVersion, 1, Long.MAX_VALUE - 1);
    mode = Require.nonNull("updateMode", builder.mode);
    state = Require.nonNull("state", builder.state);
    history = ChangeParts.contiguous(builder.history);
    timers = ChangeParts.distinctTimers(builder.timers);
    timersDeleted = ChangeParts.distinctDeletes(builder.timersDeleted, timers);
    signalsConsumed = ChangeParts.distinctSignals(builder.signalsConsumed);
    signalsSeen = Require.between("signalsSeen", builder.signalsSeen, 0, Long.MAX_VALUE);
    visibility = ChangeParts.visibilityOf(key, builder.visibility);
    tags = builder.tags;
  }

  @Override
  public RunKey key() {
    return key;
  }

  /** The version that the change was computed from. */
  public long expectedVersion() {
    return expectedVersion;
  }

  /** How the run relates to the current one. */
  public UpdateMode mode() {
    return mode;
  }

  @Override
  public long versionAfter() {
    return expectedVersion + 1;
  }

  @Override
  public RunState state() {
    return state;
  }

  @Override
  public List<HistoryEvent> history() {
    return history;
  }

  @Override
  public List<TimerUpsert> timers() {
    return timers;
  }

  @Override
  public Optional<VisibilityRecord> visibility() {
    return Optional.ofNullable(visibility);
  }

  @Override
  public Optional<Tags> tags() {
    return Optional.ofNullable(tags);
  }

  /** The timers to remove. */
  public List<TimerDelete> timersDeleted() {
    return timersDeleted;
  }

  /** The ids of the pending signals that the change consumes. */
  public List<String> signalsConsumed() {
    return signalsConsumed;
  }

  /**
   * The sequence of the last signal that the change takes account of. A change that closes the run
   * is refused if the run has received a later one.
   */
  public long signalsSeen() {
    return signalsSeen;
  }

  /**
   * A builder with what every update must have; the run must be the current one unless said
   * otherwise.
   */
  public static Builder builder(RunKey key, long expectedVersion, RunState state) {
    return new Builder(key, expectedVersion, state);
  }

  /** Collects an update. Not thread-safe. */
  public static final class Builder {
    private final RunKey key;
    private final long expectedVersion;
    private final RunState state;
    private UpdateMode mode = UpdateMode.CURRENT;
    private final List<HistoryEvent> history = new ArrayList<>();
    private final List<TimerUpsert> timers = new ArrayList<>();
    private final List<TimerDelete> timersDeleted = new ArrayList<>();
    private final List<String> signalsConsumed = new ArrayList<>();
    private long signalsSeen;
    private @Nullable VisibilityRecord visibility;
    private @Nullable Tags tags;

    private Builder(RunKey key, long expectedVersion, RunState state) {
      this.key = key;
      this.expectedVersion = expectedVersion;
      this.state = state;
    }

    /** Sets how the run relates to the current one. */
    public Builder mode(UpdateMode value) {
      mode = value;
      return this;
    }

    /** Adds events, which begin with the run's next event id. */
    public Builder history(List<HistoryEvent> events) {
      history.addAll(Require.nonNull("history", events));
      return this;
    }

    /** Adds an event. */
    public Builder event(HistoryEvent event) {
      history.add(event);
      return this;
    }

    /** Sets or moves a timer. */
    public Builder timer(TimerUpsert timer) {
      timers.add(timer);
      return this;
    }

    /** Removes a timer. */
    public Builder deleteTimer(TimerDelete timer) {
      timersDeleted.add(timer);
      return this;
    }

    /** Consumes a pending signal of the run. */
    public Builder consumeSignal(String signalId) {
      signalsConsumed.add(signalId);
      return this;
    }

    /**
     * Sets up to which signal the change takes account of them, which is {@link
     * RunSnapshot#signalsSeen} of the run that was loaded, unless more of them were read; 0 unless
     * set.
     */
    public Builder signalsSeen(long sequence) {
      signalsSeen = sequence;
      return this;
    }

    /** Closes the run even if it has received signals that nobody has seen: to terminate it. */
    public Builder disregardSignals() {
      return signalsSeen(Long.MAX_VALUE);
    }

    /** Sets what lists and searches show of the run. */
    public Builder visibility(VisibilityRecord value) {
      visibility = Require.nonNull("visibility", value);
      return this;
    }

    /** Sets the tags, all of them. */
    public Builder tags(Tags value) {
      tags = Require.nonNull("tags", value);
      return this;
    }

    /**
     * The change.
     *
     * @throws io.odin.persistence.error.InvalidRequestException if a part is null, the events have
     *     gaps, a timer or a signal comes twice, or the visibility record is of another run
     */
    public UpdateRun build() {
      return new UpdateRun(this);
    }
  }
}
