package io.odin.persistence.sql.schedule;

import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.LEASED_UNTIL;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.LEASE_ID;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.LEASE_OWNER;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.NEXT_RUN_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.PAUSE_NOTE;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.REGULAR_RUN_AT;
import static io.odin.persistence.sql.statement.Columns.DATABASE_NOW;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.sql.database.BoundedRows;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Claims what is due, and moves on what was missed. Thread-safe. */
final class ScheduleClaim {

  private final Database database;
  private final ScheduleSql sql;
  private final ScheduleHistorySql history;
  private final ScheduleCommit commit;

  ScheduleClaim(
      Database database, ScheduleSql sql, ScheduleHistorySql history, ScheduleCommit commit) {
    this.database = database;
    this.sql = sql;
    this.history = history;
    this.commit = commit;
  }

  /** What becomes of a row that is due. */
  private sealed interface ClaimOutcome {}

  /** Within its catch-up window, perhaps after some that were not. */
  private record Claimed(DueSchedule due, Optional<Binds> missed) implements ClaimOutcome {}

  /** Within its catch-up window, but its jitter has not passed. */
  private record Deferred(Binds until, Optional<Binds> missed) implements ClaimOutcome {}

  /** All that was due is beyond the catch-up window. */
  private record Missed(Binds next, Binds missed) implements ClaimOutcome {}

  /** Not written by us. */
  private record Unreadable(Binds pause) implements ClaimOutcome {}

  List<DueSchedule> claim(String owner, Duration leaseFor, int limit) {
    return database.inParts(
        parts -> {
          while (true) {
            List<ClaimOutcome> found =
                parts.transaction(
                    "schedules.claimDue", session -> round(session, owner, leaseFor, limit));
            List<DueSchedule> claimed =
                found.stream()
                    .filter(Claimed.class::isInstance)
                    .map(row -> ((Claimed) row).due())
                    .toList();
            // What only had to be moved on is not due any more: look behind it.
            if (!claimed.isEmpty() || found.isEmpty()) {
              return claimed;
            }
          }
        });
  }

  private List<ClaimOutcome> round(Session session, String owner, Duration leaseFor, int limit)
      throws SQLException {
    List<ClaimOutcome> all =
        BoundedRows.read(
            session,
            sql.due,
            Binds.none(),
            ScheduleSql.DUE,
            limit,
            row -> found(row, owner, leaseFor));
    List<Binds> claimed = new ArrayList<>();
    List<Binds> moved = new ArrayList<>();
    List<Binds> missed = new ArrayList<>();
    List<Binds> paused = new ArrayList<>();
    for (ClaimOutcome found : all) {
      switch (found) {
        case Claimed claim -> {
          claimed.add(binds(claim.due().lease()));
          claim.missed().ifPresent(missed::add);
        }
        case Deferred deferral -> {
          claimed.add(deferral.until());
          deferral.missed().ifPresent(missed::add);
        }
        case Missed miss -> {
          moved.add(miss.next());
          missed.add(miss.missed());
        }
        case Unreadable unreadable -> paused.add(unreadable.pause());
      }
    }
    session.batch(sql.claim, claimed);
    session.batch(sql.moveOn, moved);
    session.batch(history.insert, missed);
    session.batch(sql.pause, paused);
    return all;
  }

  private ClaimOutcome found(Row row, String owner, Duration leaseFor) throws SQLException {
    try {
      Schedule schedule = ScheduleMapper.schedule(row);
      Claimant claimant = new Claimant(owner, row.get(DATABASE_NOW), leaseFor);
      return schedule.requestedAt().isEmpty()
          ? judged(schedule, claimant)
          : requested(schedule, row.optional(REGULAR_RUN_AT), claimant);
    } catch (RuntimeException e) {
      // Whatever is wrong with one row, it must not keep all others from being claimed.
      return new Unreadable(
          ScheduleMapper.key(ScheduleMapper.key(row))
              .and(PAUSE_NOTE, "cannot be read: " + reason(e)));
    }
  }

  private static String reason(RuntimeException e) {
    return e instanceof InvalidRequestException invalid ? invalid.getMessage() : e.toString();
  }

  /** The first of those that were requested, which precede the regular ones. */
  private static ClaimOutcome requested(
      Schedule schedule, Optional<Instant> regular, Claimant claimant) {
    List<Instant> waiting = schedule.requestedAt();
    Optional<Instant> next = waiting.size() > 1 ? Optional.of(waiting.get(1)) : regular;
    return claimant.take(schedule, waiting.getFirst(), next, Optional.empty());
  }

  private ClaimOutcome judged(Schedule schedule, Claimant claimant) {
    ScheduleDefinition definition = schedule.definition();
    DueTimes times = DueTimes.of(definition, schedule.createdAt());
    Instant now = claimant.now();
    Instant waiting = schedule.nextDueAt().orElseThrow();
    Instant earliest = now.minus(definition.catchUpWindow()).minus(definition.jitter());
    if (!waiting.isBefore(earliest)) {
      return claimant.takeWhenClaimable(schedule, waiting, times, Optional.empty());
    }
    Binds missed =
        commit.missed(
            schedule.key(),
            waiting,
            "no scheduler claimed what was due from then until " + earliest + " in time");
    Optional<Instant> next = times.from(earliest);
    if (next.isEmpty() || next.get().isAfter(now)) {
      return new Missed(ScheduleMapper.key(schedule.key()).and(NEXT_RUN_AT, next), missed);
    }
    return claimant.takeWhenClaimable(
        withNext(schedule, next), next.get(), times, Optional.of(missed));
  }

  /** The scheduler that claims, and the time by the database's clock. */
  private record Claimant(String owner, Instant now, Duration leaseFor) {

    /** Claims a due time, or lets it wait until its jitter has passed. */
    ClaimOutcome takeWhenClaimable(
        Schedule schedule, Instant dueAt, DueTimes times, Optional<Binds> missed) {
      Instant claimableAt = schedule.claimableAt(dueAt);
      return claimableAt.isAfter(now)
          ? new Deferred(
              ScheduleMapper.key(schedule.key())
                  .andNull(LEASE_ID, LEASE_OWNER)
                  .and(LEASED_UNTIL, claimableAt)
                  .and(NEXT_RUN_AT, dueAt),
              missed)
          : take(schedule, dueAt, times.after(dueAt), missed);
    }

    ClaimOutcome take(
        Schedule schedule, Instant dueAt, Optional<Instant> next, Optional<Binds> missed) {
      ScheduleLease lease =
          new ScheduleLease(
              schedule.key(), UUID.randomUUID(), owner, dueAt, next, now.plus(leaseFor));
      return new Claimed(new DueSchedule(schedule, lease), missed);
    }
  }

  private static Schedule withNext(Schedule schedule, Optional<Instant> next) {
    return new Schedule(
        schedule.key(),
        schedule.name(),
        schedule.definition(),
        schedule.createdBy(),
        schedule.pauseNote(),
        next,
        schedule.lastDueAt(),
        schedule.lastResult(),
        schedule.remainingActions(),
        schedule.requestedAt(),
        schedule.version(),
        schedule.createdAt());
  }

  private static Binds binds(ScheduleLease lease) {
    return ScheduleMapper.key(lease.schedule())
        .and(LEASE_ID, lease.leaseId())
        .and(LEASE_OWNER, lease.owner())
        .and(LEASED_UNTIL, lease.expiresAt())
        .and(NEXT_RUN_AT, lease.dueAt());
  }
}
