package io.odin.persistence.schedule;

/**
 * A schedule that is due, in a scheduler's hands.
 *
 * @param schedule what is to be started
 * @param lease for which due time, until when, and under which id
 */
public record DueSchedule(Schedule schedule, ScheduleLease lease) {}
