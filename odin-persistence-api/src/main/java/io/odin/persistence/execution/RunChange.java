package io.odin.persistence.execution;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The change of one run in a transaction. Immutable. */
public abstract sealed class RunChange permits CreateRun, UpdateRun {

  private final RunKey key;
  private final RunState state;
  private final List<HistoryEvent> history;
  private final List<TimerUpsert> timers;
  private final @Nullable VisibilityRecord visibility;
  private final @Nullable Tags tags;

  RunChange(Builder<?> builder) {
    key = Require.nonNull("run", builder.key);
    state = Require.nonNull("state", builder.state);
    history = ChangeParts.contiguous(builder.history);
    timers = ChangeParts.distinctTimers(builder.timers);
    Require.that(
        timers.isEmpty() || !state.state().isClosed(),
        "timers",
        "are set by a change that closes the run: a closed run has no timers");
    visibility = ChangeParts.visibilityOf(key, state, builder.visibility);
    tags = builder.tags;
  }

  /** The run. */
  public final RunKey key() {
    return key;
  }

  /** The version of the run after the change. */
  public abstract long versionAfter();

  /** The whole state of the run after the change. */
  public final RunState state() {
    return state;
  }

  /** The events to append, with contiguous ids; may be empty. */
  public final List<HistoryEvent> history() {
    return history;
  }

  /** The timers to set or to move; empty if the change closes the run. */
  public final List<TimerUpsert> timers() {
    return timers;
  }

  /**
   * The visibility record after the change, in the state of the run. Empty if the stored one
   * remains; if the change closes the run, the stored one is closed with it.
   */
  public final Optional<VisibilityRecord> visibility() {
    return Optional.ofNullable(visibility);
  }

  /** All tags after the change; empty if the stored ones remain. */
  public final Optional<Tags> tags() {
    return Optional.ofNullable(tags);
  }

  /**
   * Collects the parts that every change may have. Not thread-safe.
   *
   * @param <B> the builder itself
   */
  public abstract static sealed class Builder<B extends Builder<B>>
      permits CreateRun.Builder, UpdateRun.Builder {
    private final RunKey key;
    private final RunState state;
    private final List<HistoryEvent> history = new ArrayList<>();
    private final List<TimerUpsert> timers = new ArrayList<>();
    private @Nullable VisibilityRecord visibility;
    private @Nullable Tags tags;

    Builder(RunKey key, RunState state) {
      this.key = key;
      this.state = state;
    }

    abstract B self();

    /**
     * Adds events; the first one is event 1 of a new run, or the one after those that it has from
     * its base, else the run's next event.
     */
    public final B history(List<HistoryEvent> events) {
      history.addAll(Require.nonNull("history", events));
      return self();
    }

    /** Adds an event. */
    public final B event(HistoryEvent event) {
      history.add(event);
      return self();
    }

    /** Sets a timer, or moves one. */
    public final B timer(TimerUpsert timer) {
      timers.add(timer);
      return self();
    }

    /** Sets the visibility record. */
    public final B visibility(VisibilityRecord value) {
      visibility = Require.nonNull("visibility", value);
      return self();
    }

    /** Sets the tags, all of them. */
    public final B tags(Tags value) {
      tags = Require.nonNull("tags", value);
      return self();
    }
  }
}
