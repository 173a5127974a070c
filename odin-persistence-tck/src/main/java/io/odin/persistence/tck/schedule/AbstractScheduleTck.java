package io.odin.persistence.tck.schedule;

import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.OverlapPolicy;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.schedule.ScheduleStore;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.query.AttributeType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** The base class of the kits of schedules. */
abstract class AbstractScheduleTck extends StoreTck {

  static final Duration HOUR = Duration.ofHours(1);

  @BeforeEach
  final void registerTheAttributesOfSchedules() {
    persistence().visibility().registerAttribute(namespace(), "CustomerId", AttributeType.KEYWORD);
  }

  final ScheduleStore store() {
    return persistence().schedules();
  }

  /** A definition with all fields. */
  static ScheduleDefinition fullDefinition() {
    return Samples.schedule(ScheduleSpec.cron("*/5 9-17 * * MON-FRI", "Europe/Berlin"))
        .input(Json.of("{\"order\":\"注文\"}"))
        .workflowTimeout(HOUR)
        .retryPolicy(Json.of("{\"maximumAttempts\":5}"))
        .memo(Json.of("{\"note\":\"call back\"}"))
        .searchAttributes(Json.of("{\"CustomerId\":\"c-1\"}"))
        .overlapPolicy(OverlapPolicy.CANCEL_OTHER)
        .catchUpWindow(Duration.ofMinutes(10))
        .startAt(Samples.STARTED)
        .endAt(Samples.STARTED.plus(Duration.ofDays(36_500)))
        .build();
  }

  /** A schedule in the namespace of this test; nothing is stored. */
  final NewSchedule newSchedule(ScheduleDefinition definition) {
    return NewSchedule.of(
        ScheduleKey.create(namespace()), "schedule-" + UUID.randomUUID(), definition);
  }

  final Schedule created(ScheduleDefinition definition) {
    return store().create(newSchedule(definition));
  }

  /** A stored hourly schedule whose first due time is in the past by {@code late}. */
  final Schedule dueSince(Duration late) {
    return dueSince(Samples.hourly(), late);
  }

  /** A stored schedule whose first due time is in the past by {@code late}. */
  final Schedule dueSince(ScheduleDefinition definition, Duration late) {
    Schedule stored = created(definition);
    Duration ahead = Duration.between(databaseNow(), stored.nextDueAt().orElseThrow());
    database().ageSchedule(stored.key(), ahead.plus(late));
    return store().find(stored.key()).orElseThrow();
  }

  /** Claims all due schedules, and returns those of the namespace of this test. */
  final List<DueSchedule> claim(String owner, Duration leaseFor) {
    return store().claimDue(owner, leaseFor, 1000).stream()
        .filter(due -> due.schedule().key().namespace().equals(namespace()))
        .toList();
  }

  /** The only due time in the namespace of this test, under a lease that outlives the test. */
  final ScheduleLease claimedOne() {
    List<DueSchedule> due = claim("scheduler-a", LONG);
    if (due.size() != 1) {
      throw new AssertionError("one schedule should be due: " + due);
    }
    return due.getFirst().lease();
  }

  /** A lease that has expired by the database's clock and was not taken over. */
  final ScheduleLease expiredLease() {
    dueSince(Duration.ofMinutes(30));
    ScheduleLease lease = claim("scheduler-a", SHORT).getFirst().lease();
    await().until(() -> databaseNow().isAfter(lease.expiresAt()));
    return lease;
  }

  final void skip(ScheduleLease lease) {
    store().advance(lease, DueOutcome.skipped("the last run is open"));
  }

  final List<ScheduleRun> history(ScheduleKey schedule) {
    return allPages(100, page -> store().history(schedule, page));
  }
}
