package io.odin.persistence.cli.demo;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.PageToken;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.history.HistoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whole histories. */
final class Histories {

  private final HistoryStore store;

  Histories(HistoryStore store) {
    this.store = store;
  }

  /** All events of a run, in order. */
  List<HistoryEvent> read(RunKey run) {
    List<HistoryEvent> events = new ArrayList<>();
    Optional<PageToken> from = Optional.empty();
    do {
      Page<HistoryEvent> page =
          store.read(run, EventRange.all(), new PageRequest(PageRequest.MAXIMUM_LIMIT, from));
      events.addAll(page.items());
      from = page.next();
    } while (from.isPresent());
    return events;
  }
}
