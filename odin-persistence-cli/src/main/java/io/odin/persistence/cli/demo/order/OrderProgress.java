package io.odin.persistence.cli.demo.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.odin.persistence.history.HistoryEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The progress of a run, derived from its history alone. Immutable once replayed. */
public final class OrderProgress {

  private final OrderInput input;
  private final Set<String> activitiesScheduled = new HashSet<>();
  private final Map<String, Integer> activitiesCompleted = new TreeMap<>();
  private final Map<String, String> activitiesFailed = new HashMap<>();
  private final Set<String> timersStarted = new HashSet<>();
  private final Map<String, Integer> timersFired = new TreeMap<>();
  private final Map<String, Integer> signals = new TreeMap<>();
  private final Map<String, Integer> signalsReapplied = new TreeMap<>();
  private final Map<Long, String> children = new TreeMap<>();
  private final Map<String, Integer> childrenEnded = new TreeMap<>();

  private OrderProgress(OrderInput input) {
    this.input = input;
  }

  /**
   * Replays a history.
   *
   * @param history all events of a run
   */
  public static OrderProgress of(List<HistoryEvent> history) {
    return since(0, history);
  }

  /**
   * What a run has added to the history that it began with.
   *
   * @param lastEventId the last event that is not counted; 0 counts all
   * @param history all events of a run
   */
  public static OrderProgress since(long lastEventId, List<HistoryEvent> history) {
    if (history.isEmpty() || !history.getFirst().eventType().equals(OrderEvent.STARTED)) {
      throw new IllegalStateException("a history has to begin with " + OrderEvent.STARTED);
    }
    OrderProgress progress =
        new OrderProgress(OrderInput.of(DemoJson.read(history.getFirst().data())));
    history.stream().filter(event -> event.eventId() > lastEventId).forEach(progress::apply);
    return progress;
  }

  private void apply(HistoryEvent event) {
    switch (event.eventType()) {
      case OrderEvent.ACTIVITY_SCHEDULED -> activitiesScheduled.add(id(event, "activity"));
      case OrderEvent.ACTIVITY_COMPLETED ->
          activitiesCompleted.merge(id(event, "activity"), 1, Integer::sum);
      case OrderEvent.ACTIVITY_FAILED ->
          activitiesFailed.put(id(event, "activity"), id(event, "reason"));
      case OrderEvent.TIMER_STARTED -> timersStarted.add(id(event, "timer"));
      case OrderEvent.TIMER_FIRED -> timersFired.merge(id(event, "timer"), 1, Integer::sum);
      case OrderEvent.SIGNALED -> signals.merge(id(event, "signal"), 1, Integer::sum);
      case OrderEvent.SIGNAL_REAPPLIED ->
          signalsReapplied.merge(id(event, "signal"), 1, Integer::sum);
      case OrderEvent.CHILD_INITIATED -> children.put(event.eventId(), id(event, "child"));
      case OrderEvent.CHILD_COMPLETED -> childrenEnded.merge(id(event, "child"), 1, Integer::sum);
      default -> {
        // The others do not change what is to be done next.
      }
    }
  }

  private static String id(HistoryEvent event, String member) {
    JsonNode data = DemoJson.read(event.data());
    return data.required(member).asText();
  }

  /** The input of the run. */
  public OrderInput input() {
    return input;
  }

  boolean isScheduled(String activity) {
    return activitiesScheduled.contains(activity);
  }

  boolean isCompleted(String activity) {
    return activitiesCompleted.containsKey(activity);
  }

  /** Whether an activity has failed for good. */
  public boolean isFailed(String activity) {
    return activitiesFailed.containsKey(activity);
  }

  /** Why the activity failed; empty if it did not. */
  String failure(String activity) {
    return activitiesFailed.getOrDefault(activity, "");
  }

  boolean isStarted(String timer) {
    return timersStarted.contains(timer);
  }

  boolean hasFired(String timer) {
    return timersFired.containsKey(timer);
  }

  /** How many completions of each activity the history holds. */
  public Map<String, Integer> completions() {
    return activitiesCompleted;
  }

  /** How often each timer has fired. */
  public Map<String, Integer> firings() {
    return timersFired;
  }

  /** How often the history holds each signal that its run, or its base, has received. */
  public Map<String, Integer> signals() {
    return signals;
  }

  /** How often the history holds each signal that it has from its base after the shared events. */
  public Map<String, Integer> signalsReapplied() {
    return signalsReapplied;
  }

  /** Whether the customer has asked for the order to be expedited. */
  public boolean isExpedited() {
    return !signals.isEmpty() || !signalsReapplied.isEmpty();
  }

  /** The workflow ids of the children, each by the event that started it. */
  public Map<Long, String> children() {
    return children;
  }

  /** How often the history holds the end of each child. */
  public Map<String, Integer> childrenEnded() {
    return childrenEnded;
  }
}
