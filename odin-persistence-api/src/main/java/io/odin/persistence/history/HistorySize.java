package io.odin.persistence.history;

/**
 * The size of a run's history, as its execution row records it.
 *
 * @param lastEventId the id of the last event, 0 if there is none
 * @param count the number of events
 * @param bytes the size of their types and data, in UTF-8 bytes
 */
public record HistorySize(long lastEventId, long count, long bytes) {}
