package io.odin.persistence.schedule;

import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.value.TimeOrderedId;
import java.util.UUID;

/**
 * The key of a schedule.
 *
 * @param namespace the tenant
 * @param scheduleId unique within the namespace
 */
public record ScheduleKey(NamespaceId namespace, UUID scheduleId) {

  /** Refuses null. */
  public ScheduleKey {
    Require.nonNull("namespace", namespace);
    Require.nonNull("scheduleId", scheduleId);
  }

  /** The key of a new schedule, with a time-ordered id. */
  public static ScheduleKey create(NamespaceId namespace) {
    return new ScheduleKey(namespace, TimeOrderedId.next());
  }

  @Override
  public String toString() {
    return "schedule " + scheduleId + " of " + namespace;
  }
}
