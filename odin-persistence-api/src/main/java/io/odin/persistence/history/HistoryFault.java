package io.odin.persistence.history;

/**
 * Events of a history that are missing or unexpected.
 *
 * @param kind the kind of fault
 * @param firstEventId the first event id concerned
 * @param lastEventId the last event id concerned
 */
public record HistoryFault(Kind kind, long firstEventId, long lastEventId) {

  /** The kinds of faults. */
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
