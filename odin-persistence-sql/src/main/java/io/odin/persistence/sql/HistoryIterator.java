package io.odin.persistence.sql;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.history.HistoryStore;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Walks along the history of a run, of which one page is in memory at a time. Not thread-safe. */
final class HistoryIterator implements Iterator<HistoryEvent> {

  // Events may be large: a page of these fits into memory all the same.
  private static final int PAGE = 100;

  private final HistoryStore history;
  private final RunKey run;
  private Page<HistoryEvent> page;
  private Iterator<HistoryEvent> events;

  HistoryIterator(HistoryStore history, RunKey run) {
    this.history = history;
    this.run = run;
    page = history.read(run, EventRange.all(), PageRequest.first(PAGE));
    events = page.items().iterator();
  }

  @Override
  public boolean hasNext() {
    if (!events.hasNext() && page.next().isPresent()) {
      page = history.read(run, EventRange.all(), new PageRequest(PAGE, page.next()));
      events = page.items().iterator();
    }
    return events.hasNext();
  }

  @Override
  public HistoryEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the history of " + run + " has ended");
    }
    return events.next();
  }
}
