package io.odin.persistence.execution;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Require;
import io.odin.persistence.timer.TimerUpsert;
import java.util.ArrayList;
import java.util.List;

/** Creates a run, at version 1. Immutable. */
public final class CreateRun implements RunChange {

  private final RunKey key;
  private final CreateMode mode;
  private final RunDefinition definition;
  private final RunState state;
  private final List<HistoryEvent> history;
  private final List<TimerUpsert> timers;

  private CreateRun(Builder builder) {
    key = Require.nonNull("run", builder.key);
    mode = Require.nonNull("createMode", builder.mode);
    definition = Require.nonNull("definition", builder.definition);
    state = Require.nonNull("state", builder.state);
    history = ChangeParts.contiguous(builder.history);
    Require.that(
        history.isEmpty() || history.getFirst().eventId() == 1,
        "history",
        "of a new run must begin with event 1");
    timers = ChangeParts.distinctTimers(builder.timers);
  }

  @Override
  public RunKey key() {
    return key;
  }

  /** How the run relates to the current one. */
  public CreateMode mode() {
    return mode;
  }

  /** What is fixed for the run's life. */
  public RunDefinition definition() {
    return definition;
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

  /** A builder with what every new run must have. */
  public static Builder builder(
      RunKey key, CreateMode mode, RunDefinition definition, RunState state) {
    return new Builder(key, mode, definition, state);
  }

  /** Collects a new run. Not thread-safe. */
  public static final class Builder {
    private final RunKey key;
    private final CreateMode mode;
    private final RunDefinition definition;
    private final RunState state;
    private final List<HistoryEvent> history = new ArrayList<>();
    private final List<TimerUpsert> timers = new ArrayList<>();

    private Builder(RunKey key, CreateMode mode, RunDefinition definition, RunState state) {
      this.key = key;
      this.mode = mode;
      this.definition = definition;
      this.state = state;
    }

    /** Adds events, which begin with id 1. */
    public Builder history(List<HistoryEvent> events) {
      history.addAll(Require.nonNull("history", events));
      return this;
    }

    /** Adds an event. */
    public Builder event(HistoryEvent event) {
      history.add(event);
      return this;
    }

    /** Sets a timer. */
    public Builder timer(TimerUpsert timer) {
      timers.add(timer);
      return this;
    }

    /**
     * The change.
     *
     * @throws io.odin.persistence.error.InvalidRequestException if a part is null, the events have
     *     gaps or do not begin with 1, or a timer comes twice
     */
    public CreateRun build() {
      return new CreateRun(this);
    }
  }
}
