package io.odin.persistence.cli.demo.order;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.BaseRun;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * How far back an order is reset.
 *
 * @param base the run that is reset, and the last event that the new run shares with it
 * @param signals the events of signals that the base has received since; the new run gets them
 *     again
 */
public record ResetPoint(BaseRun base, List<HistoryEvent> signals) {

  // The base may have been reset itself, and have got signals again.
  private static final Set<String> SIGNALS =
      Set.of(OrderEvent.SIGNALED, OrderEvent.SIGNAL_REAPPLIED);

  /**
   * The event before an activity was scheduled. The workflow decides there again, and the activity
   * is performed for the new run.
   *
   * @param base the run that is reset
   * @param history all of its events
   */
  public static ResetPoint before(String activity, UUID base, List<HistoryEvent> history) {
    long scheduled =
        history.stream()
            .filter(event -> event.eventType().equals(OrderEvent.ACTIVITY_SCHEDULED))
            .filter(event -> nameIn(event).equals(activity))
            .mapToLong(HistoryEvent::eventId)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(activity + " was never scheduled"));
    return new ResetPoint(
        new BaseRun(base, scheduled - 1),
        history.stream()
            .filter(event -> event.eventId() > scheduled)
            .filter(event -> SIGNALS.contains(event.eventType()))
            .toList());
  }

  private static String nameIn(HistoryEvent event) {
    return DemoJson.read(event.data()).required("activity").asText();
  }
}
