package io.odin.persistence.history;

/**
 * Events that ought to be there and are not, or the other way round.
 *
 * @param kind what is wrong
 * @param firstEventId the first event id concerned
 * @param lastEventId the last event id concerned
 */
public record HistoryFault(Kind kind, long firstEventId, long lastEventId) {

  /** What can be wrong with a history. */
  public enum Kind {
    /** The history does not begin with event 1. */
    HEAD_MISSING,
    /** Events are missing between others. */
    GAP,
    /** The history ends before the event that its execution row names as the last. */
    TAIL_MISSING,
    /** There are events beyond the one that its execution row names as the last. */
    TAIL_UNKNOWN
  }
}
