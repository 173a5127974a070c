package io.odin.persistence.schedule;

import io.odin.persistence.internal.Require;

/**
 * A claimed due time of a schedule.
 *
 * @param schedule the schedule
 * @param lease the lease, with the due time
 */
public record DueSchedule(Schedule schedule, ScheduleLease lease) {

  /**
   * An id for the workflow of this due time, the same whenever it is claimed: the name of the
   * schedule and the due time, {@code nightly-2026-05-01T02:00:00Z}. If that is longer than an id
   * may be, the id of the schedule takes the place of its name. Two schedules of one namespace
   * never have the same one, unless the name of one ends with a due time.
   */
  public String workflowId() {
    String suffix = "-" + lease.dueAt();
    String name = schedule.name();
    return name.codePointCount(0, name.length()) + suffix.length() <= Require.ID_LENGTH
        ? name + suffix
        : schedule.key().scheduleId() + suffix;
  }
}
