package io.odin.persistence.execution;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.PageToken;
import java.util.List;
import java.util.Optional;

/**
 * A run with its timers, signals and children, read at one moment.
 *
 * @param execution the run
 * @param timers its timers, ordered by id: up to 10,000, unless their data exceeds {@link
 *     io.odin.persistence.Limits#pageBytes()}
 * @param moreTimers the token from which {@link io.odin.persistence.timer.TimerStore#list}
 *     continues; empty if these are all
 * @param signals the pending signals in the order of their sequence: the first 1000, unless their
 *     inputs exceed {@link io.odin.persistence.Limits#pageBytes()}, see {@link
 *     io.odin.persistence.signal.SignalStore#pending}
 * @param children the runs it has started, ordered by the event that started them; the first 1000,
 *     see {@link ExecutionStore#listChildren}
 * @param signalsSeen the sequence up to which {@code signals} holds all that are pending, for
 *     {@link UpdateRun.Builder#signalsSeen}: of the last signal received, or of the last one held
 *     if there are more
 */
public record RunSnapshot(
    WorkflowExecution execution,
    List<WorkflowTimer> timers,
    Optional<PageToken> moreTimers,
    List<WorkflowSignal> signals,
    List<RunSummary> children,
    long signalsSeen) {

  /** Copies the lists. */
  public RunSnapshot {
    timers = List.copyOf(timers);
    Require.nonNull("moreTimers", moreTimers);
    signals = List.copyOf(signals);
    children = List.copyOf(children);
  }
}
