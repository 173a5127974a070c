package io.odin.persistence.history;

import io.odin.persistence.internal.Require;

/**
 * A range of event ids.
 *
 * @param from the first id, at least 1
 * @param to the id after the last one; a range with {@code to <= from} is empty
 */
public record EventRange(long from, long to) {

  private static final EventRange ALL = new EventRange(1, Long.MAX_VALUE);

  /** Checks both ends. */
  public EventRange {
    Require.between("from", from, 1, Long.MAX_VALUE);
    Require.between("to", to, 1, Long.MAX_VALUE);
  }

  /** Every event. */
  public static EventRange all() {
    return ALL;
  }

  /** The events from this id on. */
  public static EventRange from(long eventId) {
    return new EventRange(eventId, Long.MAX_VALUE);
  }
}
