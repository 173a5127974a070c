package io.odin.persistence.execution;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;

/** Creates a run, at version 1. Immutable. */
public final class CreateRun extends RunChange {

  private final CreateMode mode;
  private final RunDefinition definition;

  private CreateRun(Builder builder) {
    super(builder);
    mode = Require.nonNull("createMode", builder.mode);
    definition = Require.nonNull("definition", builder.definition);
    visibility().ifPresent(record -> ChangeParts.requireDefinition(definition, record));
    Require.that(
        history().isEmpty() || history().getFirst().eventId() == 1,
        "history",
        "of a new run must begin with event 1");
  }

  /** How the run relates to the current one. */
  public CreateMode mode() {
    return mode;
  }

  /** The properties that are fixed for the run's life. */
  public RunDefinition definition() {
    return definition;
  }

  @Override
  public long versionAfter() {
    return 1;
  }

  /** A builder with what every new run must have. */
  public static Builder builder(
      RunKey key, CreateMode mode, RunDefinition definition, RunState state) {
    return new Builder(key, mode, definition, state);
  }

  /** Collects a new run. Not thread-safe. */
  public static final class Builder extends RunChange.Builder<Builder> {
    private final CreateMode mode;
    private final RunDefinition definition;

    private Builder(RunKey key, CreateMode mode, RunDefinition definition, RunState state) {
      super(key, state);
      this.mode = mode;
      this.definition = definition;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * The change.
     *
     * @throws io.odin.persistence.error.InvalidRequestException if a part is null, the events have
     *     gaps or do not begin with 1, a timer comes twice, a closed run has timers, or the
     *     visibility record is of another run, or has another state, end, type, queue or start than
     *     the run
     */
    public CreateRun build() {
      return new CreateRun(this);
    }
  }
}
