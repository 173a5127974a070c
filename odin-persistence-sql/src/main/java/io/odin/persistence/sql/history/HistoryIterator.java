package io.odin.persistence.sql.history;

import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Walks along the whole history of a closed run, of which one page is in memory at a time, and
 * fails where an event is missing: someone else may be deleting the run meanwhile. Not thread-safe.
 */
public final class HistoryIterator implements Iterator<HistoryEvent> {

  // Fewer if they are large: a page is limited in bytes, too.
  private static final int PAGE = 100;

  private final HistoryStore history;
  private final RunKey run;
  private final long nextEventId;
  private long expected = 1;
  private Page<HistoryEvent> page;
  private Iterator<HistoryEvent> events;

  /** Reads the first page. */
  public HistoryIterator(HistoryStore history, WorkflowExecution execution) {
    this.history = history;
    run = execution.key();
    nextEventId = execution.nextEventId();
    page = history.read(run, EventRange.all(), PageRequest.first(PAGE));
    events = page.items().iterator();
  }

  @Override
  public boolean hasNext() {
    if (!events.hasNext() && page.next().isPresent()) {
      page = history.read(run, EventRange.all(), new PageRequest(PAGE, page.next()));
      events = page.items().iterator();
    }
    if (!events.hasNext() && expected < nextEventId) {
      throw missing();
    }
    return events.hasNext();
  }

  @Override
  public HistoryEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the history of " + run + " has ended");
    }
    HistoryEvent event = events.next();
    if (event.eventId() != expected) {
      throw missing();
    }
    expected++;
    return event;
  }

  private IllegalStateException missing() {
    return new IllegalStateException(
        "event " + expected + " of " + (nextEventId - 1) + " is not in its history");
  }
}
