package io.odin.persistence.schedule;

/**
 * A claimed due time of a schedule.
 *
 * @param schedule the schedule
 * @param lease the lease, with the due time
 */
public record DueSchedule(Schedule schedule, ScheduleLease lease) {}
