package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Json;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What all rows write: the same on every side. */
final class Sample {

  static final NamespaceId NAMESPACE =
      new NamespaceId(UUID.fromString("018f0000-0000-7000-8000-000000000001"));

  static final TaskQueue ACTIVITIES = new TaskQueue(NAMESPACE, "payments", TaskType.ACTIVITY);
  static final TaskQueue WORKFLOWS = new TaskQueue(NAMESPACE, "orders", TaskType.WORKFLOW);

  /** What a task carries. */
  static final String TASK_DATA =
      """
      {"activityType": "charge-card", "activityId": "7", "scheduledEventId": 7, "input": {"orderId": \
      "order-12345", "amount": 1299, "currency": "EUR"}, "startToCloseSeconds": 30}\
      """;

  static final String EVENT_TYPE = "ActivityTaskScheduled";

  /** What an event carries. */
  static final String EVENT_DATA =
      """
      {"activityType": "charge-card", "activityId": "7", "taskQueue": "payments", "input": {"orderId": \
      "order-12345", "customer": "c-778", "lines": [{"sku": "A-1", "quantity": 2, "cents": 500}, \
      {"sku": "B-22", "quantity": 1, "cents": 299}], "total": 1299, "currency": "EUR"}, \
      "header": {"trace": "4bf92f3577b34da6"}}\
      """;

  static final long EVENT_BYTES = EVENT_TYPE.length() + (long) EVENT_DATA.length();

  static final String TIMER_DATA = "{\"kind\": \"order-timeout\"}";

  /** What a run keeps of itself. */
  private static final byte[] STATE = EVENT_DATA.repeat(2).getBytes(StandardCharsets.UTF_8);

  private Sample() {}

  /** The namespace in SQL. */
  static String namespace(Database database) {
    return database.engine().uuid("'" + NAMESPACE + "'");
  }

  static byte[] state() {
    return STATE.clone();
  }

  /** Events as the API has them. */
  static List<HistoryEvent> events(long first, int count, Instant now) {
    List<HistoryEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(new HistoryEvent(first + i, EVENT_TYPE, now, Json.of(EVENT_DATA)));
    }
    return events;
  }
}
