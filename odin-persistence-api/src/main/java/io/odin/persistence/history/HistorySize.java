package io.odin.persistence.history;

/**
 * How large a run's history is, as its execution row knows it.
 *
 * @param lastEventId the id of the last event, 0 if there is none
 * @param count how many events there are
 * @param bytes the size of their types and data, in UTF-8 bytes
 */
public record HistorySize(long lastEventId, long count, long bytes) {}
