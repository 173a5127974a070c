package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.run.RunKey;
import java.util.List;

/** Reads whole histories. */
public final class Histories {

  private final HistoryStore store;

  /** Reads from a store. */
  public Histories(HistoryStore store) {
    this.store = store;
  }

  /** All events of a run, in order. */
  public List<HistoryEvent> read(RunKey run) {
    return Pages.all(page -> store.read(run, EventRange.all(), page));
  }
}
