package io.odin.persistence.execution;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.signal.NewSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Creates a run, at version 1. Immutable.
 *
 * <p>A run whose definition names a {@link RunDefinition#base base} begins with the history of that
 * run up to an event: a reset. Its own events, if any, follow that event. The shared ones are
 * copied inside the database, in the same transaction, however many there are; they count with the
 * size at which they are stored, and no limit applies to them; {@code historyEvents} applies to the
 * commits after this one. Nothing else of the base run is copied, and the base run stays as it is
 * unless another change of the transaction closes it. A history that begins with event 1 is whole,
 * and nothing is copied.
 */
public final class CreateRun extends RunChange {

  private final CreateMode mode;
  private final RunDefinition definition;
  private final List<NewSignal> signals;

  private CreateRun(Builder builder) {
    super(builder);
    mode = Require.nonNull("createMode", builder.mode);
    definition = Require.nonNull("definition", builder.definition);
    visibility().ifPresent(record -> ChangeParts.requireDefinition(definition, record));
    signals = ChangeParts.distinctNewSignals(builder.signals);
    Require.that(
        signals.isEmpty() || !state().state().isClosed(),
        "signals",
        "are given to a run that is closed: a closed run takes none");
    long firstOfItsOwn = definition.base().map(BaseRun::lastEventId).orElse(0L) + 1;
    Require.that(
        history().isEmpty()
            || history().getFirst().eventId() == 1
            || history().getFirst().eventId() == firstOfItsOwn,
        "history",
        () ->
            "of a new run must begin with event "
                + (firstOfItsOwn == 1 ? "1" : "1, or " + firstOfItsOwn + " after its base's"));
    Require.that(
        definition.base().isEmpty()
            || copied().isPresent()
            || history().getLast().eventId() >= firstOfItsOwn - 1,
        "history",
        "is whole, but ends before the event up to which the base run has the same");
    Require.that(
        definition.base().isEmpty() || !definition.base().get().runId().equals(key().runId()),
        "base",
        "is the run itself: name the run from which it has the beginning of its history");
  }

  /** How the run relates to the current one. */
  public CreateMode mode() {
    return mode;
  }

  /** The properties that are fixed for the run's life. */
  public RunDefinition definition() {
    return definition;
  }

  /**
   * The signals that the run has received when it begins, numbered from 1 in this order, and
   * pending; may be empty.
   */
  public List<NewSignal> signals() {
    return signals;
  }

  /** The run from which the beginning of the history is copied; empty if nothing is. */
  public Optional<BaseRun> copied() {
    return definition
        .base()
        .filter(base -> history().isEmpty() || history().getFirst().eventId() > 1);
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
    private final List<NewSignal> signals = new ArrayList<>();

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
     * Gives the run a signal with which it begins. Received once like one that is sent: if a stored
     * run of the workflow has received a signal of the same id, with any content, the transaction
     * is refused with {@link io.odin.persistence.error.AlreadyExistsException} and the {@link
     * io.odin.persistence.signal.SignalReceipt} of that one.
     */
    public Builder signal(NewSignal signal) {
      signals.add(signal);
      return this;
    }

    /**
     * The change.
     *
     * @throws io.odin.persistence.error.InvalidRequestException if a part is null, the events have
     *     gaps, or begin neither with 1 nor after the last event of the base, a timer or a signal
     *     comes twice, a closed run has timers or signals, or the visibility record is of another
     *     run, or has another state, end, type, queue or start than the run
     */
    public CreateRun build() {
      return new CreateRun(this);
    }
  }
}
