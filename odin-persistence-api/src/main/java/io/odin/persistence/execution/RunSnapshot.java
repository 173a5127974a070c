package io.odin.persistence.execution;

import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.timer.WorkflowTimer;
import java.util.List;

/**
 * A run with its timers, signals and children, read at one moment.
 *
 * @param execution the run
 * @param timers all its timers, ordered by id
 * @param signals the pending signals in the order of their sequence; the first 1000, see {@link
 *     io.odin.persistence.signal.SignalStore#pending}
 * @param children the runs it has started, ordered by the event that started them; the first 1000,
 *     see {@link ExecutionStore#listChildren}
 * @param signalsSeen the sequence up to which {@code signals} holds all that are pending, for
 *     {@link UpdateRun.Builder#signalsSeen}: of the last signal received, or of the last one held
 *     if there are more than 1000
 */
public record RunSnapshot(
    WorkflowExecution execution,
    List<WorkflowTimer> timers,
    List<WorkflowSignal> signals,
    List<RunSummary> children,
    long signalsSeen) {

  /** Copies the lists. */
  public RunSnapshot {
    timers = List.copyOf(timers);
    signals = List.copyOf(signals);
    children = List.copyOf(children);
  }
}
