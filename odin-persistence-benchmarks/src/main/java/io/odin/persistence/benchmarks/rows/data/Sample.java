package io.odin.persistence.benchmarks.rows.data;

import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Stage;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What all rows write: the same on every side. */
public final class Sample {
  /** What a workflow-task commit appends, starts and sets. */
  public static final int TASK_EVENTS = 3;

  public static final int TASK_ACTIVITIES = 2;
  public static final Duration TASK_TIMER = Duration.ofDays(1);

  /** What a scheduler claims at a time, and for how long. */
  public static final int CLAIMED_SCHEDULES = 10;

  public static final Duration SCHEDULE_LEASE = Duration.ofMinutes(1);

  public static final NamespaceId NAMESPACE = Stage.NAMESPACE;

  public static final TaskQueue ACTIVITIES =
      new TaskQueue(NAMESPACE, "payments", TaskType.ACTIVITY);
  public static final TaskQueue WORKFLOWS = new TaskQueue(NAMESPACE, "orders", TaskType.WORKFLOW);

  /** What a task carries. */
  public static final String TASK_DATA =
      """
      {"activityType": "charge-card", "activityId": "7", "scheduledEventId": 7, "input": {"orderId": \
      "order-12345", "amount": 1299, "currency": "EUR"}, "startToCloseSeconds": 30}\
      """;

  public static final String EVENT_TYPE = "ActivityTaskScheduled";

  /** What an event carries. */
  public static final String EVENT_DATA =
      """
      {"activityType": "charge-card", "activityId": "7", "taskQueue": "payments", "input": {"orderId": \
      "order-12345", "customer": "c-778", "lines": [{"sku": "A-1", "quantity": 2, "cents": 500}, \
      {"sku": "B-22", "quantity": 1, "cents": 299}], "total": 1299, "currency": "EUR"}, \
      "header": {"trace": "4bf92f3577b34da6"}}\
      """;

  public static final long EVENT_BYTES = EVENT_TYPE.length() + (long) EVENT_DATA.length();

  public static final String TIMER_DATA = "{\"kind\": \"order-timeout\"}";

  /** What a run keeps of itself. */
  private static final byte[] STATE = EVENT_DATA.repeat(2).getBytes(StandardCharsets.UTF_8);

  private Sample() {}

  /** The namespace in SQL. */
  static String namespace(Database database) {
    return database.engine().uuid("'" + NAMESPACE + "'");
  }

  public static byte[] state() {
    return STATE.clone();
  }

  /** Events as the API has them. */
  public static List<HistoryEvent> events(long first, int count, Instant now) {
    List<HistoryEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(new HistoryEvent(first + i, EVENT_TYPE, now, Json.of(EVENT_DATA)));
    }
    return events;
  }
}
