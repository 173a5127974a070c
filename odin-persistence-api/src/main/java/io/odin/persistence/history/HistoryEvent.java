package io.odin.persistence.history;

import io.odin.persistence.internal.Require;
import io.odin.persistence.value.Payload;
import java.time.Instant;

/**
 * One event of a run's history.
 *
 * @param eventId 1 for the first event of a run, rising by one
 * @param eventType the type of the event, as the engine names it
 * @param timestamp the time of the event, by the engine's clock; truncated to microseconds
 * @param taskId the engine's task that caused it, -1 if there was none
 * @param version the engine's version of the event, 1 unless it is used
 * @param data the details
 */
public record HistoryEvent(
    long eventId, String eventType, Instant timestamp, long taskId, long version, Payload data) {

  /** The task id of events that no task caused. */
  public static final long NO_TASK = -1;

  /**
   * Checks every field.
   *
   * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
   *     bounds
   */
  public HistoryEvent {
    Require.between("eventId", eventId, 1, Long.MAX_VALUE - 1);
    Require.id("eventType", eventType);
    timestamp = Require.instant("timestamp", timestamp);
    Require.nonNull("data", data);
  }

  /** An event that no task caused. */
  public HistoryEvent(long eventId, String eventType, Instant timestamp, Payload data) {
    this(eventId, eventType, timestamp, NO_TASK, 1, data);
  }
}
