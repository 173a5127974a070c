package io.odin.persistence.cli.demo.audit;

import io.odin.persistence.cli.demo.order.OrderProgress;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunSummary;
import java.util.List;

/**
 * A run as the database holds it.
 *
 * @param summary the run
 * @param history all of its events
 * @param whole its progress, with what it has from its base
 * @param own the progress that it has made itself
 * @param signalsReceived how many signals it has received
 */
record AuditedRun(
    RunSummary summary,
    List<HistoryEvent> history,
    OrderProgress whole,
    OrderProgress own,
    long signalsReceived) {

  /** How many of the signals that it has received are in the history that it has added. */
  long signalsConsumed() {
    return own.signals().values().stream().mapToLong(count -> count).sum();
  }
}
