package io.odin.persistence.execution;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Require;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates a run, at version 1. Immutable. */
public final class CreateRun implements RunChange {

  private final RunKey key;
  private final CreateMode mode;
  private final RunDefinition definition;
  private final RunState state;
  private final List<HistoryEvent> history;
  private final List<TimerUpsert> timers;
  private final @Nullable VisibilityRecord visibility;
  private final @Nullable Tags tags;

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
    visibility = ChangeParts.visibilityOf(key, builder.visibility);
    tags = builder.tags;
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
  public long versionAfter() {
    return 1;
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
    private @Nullable VisibilityRecord visibility;
    private @Nullable Tags tags;

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
     *     gaps or do not begin with 1, a timer comes twice, or the visibility record is of another
     *     run
     */
    public CreateRun build() {
      return new CreateRun(this);
    }
  }
}
