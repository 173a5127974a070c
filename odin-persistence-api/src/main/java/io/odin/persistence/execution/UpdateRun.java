package io.odin.persistence.execution;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.timer.TimerDelete;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes an open run, or closes it. Immutable. */
public final class UpdateRun extends RunChange {

  private final long expectedVersion;
  private final UpdateMode mode;
  private final List<TimerDelete> timersDeleted;
  private final List<String> signalsConsumed;
  private final long signalsSeen;
  private final @Nullable RunKey signalsCarriedTo;
  private final @Nullable CreateMode becomesCurrent;

  private UpdateRun(Builder builder) {
    super(builder);
    expectedVersion =
        Require.between("expectedVersion", builder.expectedVersion, 1, Long.MAX_VALUE - 1);
    mode = Require.nonNull("updateMode", builder.mode);
    timersDeleted = ChangeParts.distinctDeletes(builder.timersDeleted, timers());
    signalsConsumed = ChangeParts.distinctSignals(builder.signalsConsumed);
    signalsSeen = Require.between("signalsSeen", builder.signalsSeen, 0, Long.MAX_VALUE);
    signalsCarriedTo = builder.signalsCarriedTo;
    becomesCurrent = builder.becomesCurrent;
    Require.that(
        becomesCurrent == null || mode == UpdateMode.BYPASS_CURRENT,
        "updateMode",
        "is CURRENT, and the change makes the run the current one: leave the mode out");
    Require.that(
        signalsCarriedTo == null || state().state().isClosed(),
        "signalsCarriedTo",
        "is given, and the run stays open: only a run that closes hands its signals on");
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

  /** The timers to remove. A change that closes the run removes all of them, named or not. */
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
   * The run, created by the same transaction, that receives the signals which are pending and which
   * the change does not consume; empty if they stay with this run.
   */
  public Optional<RunKey> signalsCarriedTo() {
    return Optional.ofNullable(signalsCarriedTo);
  }

  /**
   * How the run, which is not the current one before the change, becomes it: there is none, or it
   * replaces a closed one; empty if the change leaves the current run as it is.
   */
  public Optional<CreateMode> becomesCurrent() {
    return Optional.ofNullable(becomesCurrent);
  }

  /**
   * A builder with what every update must have; the run must be the current one unless another mode
   * is set.
   */
  public static Builder builder(RunKey key, long expectedVersion, RunState state) {
    return new Builder(key, expectedVersion, state);
  }

  /** Collects an update. Not thread-safe. */
  public static final class Builder extends RunChange.Builder<Builder> {
    private final long expectedVersion;
    private UpdateMode mode = UpdateMode.CURRENT;
    private final List<TimerDelete> timersDeleted = new ArrayList<>();
    private final List<String> signalsConsumed = new ArrayList<>();
    private long signalsSeen;
    private @Nullable RunKey signalsCarriedTo;
    private @Nullable CreateMode becomesCurrent;

    private Builder(RunKey key, long expectedVersion, RunState state) {
      super(key, state);
      this.expectedVersion = expectedVersion;
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets how the run relates to the current one. */
    public Builder mode(UpdateMode value) {
      mode = value;
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
     * Sets the sequence of the last signal that the change takes account of: {@link
     * RunSnapshot#signalsSeen} of the run that was loaded, unless more signals were read since; 0
     * unless set.
     */
    public Builder signalsSeen(long sequence) {
      signalsSeen = sequence;
      return this;
    }

    /**
     * Closes the run even if it has received signals that the change has not seen: to terminate it.
     */
    public Builder disregardSignals() {
      return signalsSeen(Long.MAX_VALUE);
    }

    /**
     * Hands the signals that are pending, and that the change does not consume, on to the run that
     * the same transaction creates for the workflow: with their ids and times of receipt, in their
     * order, after the signals which that run begins with. Then it does not matter whether the
     * change has seen them, so continuing as new succeeds however many arrive meanwhile.
     *
     * @param next the run that the transaction creates
     */
    public Builder carrySignalsTo(RunKey next) {
      signalsCarriedTo = Require.nonNull("signalsCarriedTo", next);
      return this;
    }

    /**
     * Makes the run the current one of its workflow id, which has none. For runs that were imported
     * or restored.
     */
    public Builder makeCurrent() {
      return becomesCurrent(CreateMode.brandNew());
    }

    /**
     * Makes the run the current one in place of a closed run. For runs that were imported or
     * restored, and for taking over from a run that the same transaction closes.
     *
     * @param previousRunId the current run, which is closed, or closed by the same transaction
     */
    public Builder makeCurrentInPlaceOf(UUID previousRunId) {
      return becomesCurrent(CreateMode.replaceClosed(previousRunId));
    }

    private Builder becomesCurrent(CreateMode how) {
      becomesCurrent = how;
      return mode(UpdateMode.BYPASS_CURRENT);
    }

    /**
     * The change.
     *
     * @throws io.odin.persistence.error.InvalidRequestException if a part is null, the events have
     *     gaps, a timer or a signal comes twice, a change that closes the run sets timers, one that
     *     does not carries signals, one that makes the run the current one has mode CURRENT, or the
     *     visibility record is of another run or has another state or end than the run
     */
    public UpdateRun build() {
      return new UpdateRun(this);
    }
  }
}
