package io.odin.persistence.cli.demo;

import io.odin.persistence.execution.RunKey;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.history.HistoryStore;
import java.util.List;

/** Reads whole histories. */
final class Histories {

  private final HistoryStore store;

  Histories(HistoryStore store) {
    this.store = store;
  }

  /** All events of a run, in order. */
  List<HistoryEvent> read(RunKey run) {
    return Pages.all(page -> store.read(run, EventRange.all(), page));
  }
}
