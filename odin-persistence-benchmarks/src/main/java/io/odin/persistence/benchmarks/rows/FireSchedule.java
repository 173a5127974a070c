package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineSchedules;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.schedule.ScheduleStore;
import io.odin.persistence.value.Json;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Claims schedules that are due, ten at a time, records for each that a run was started, and moves
 * it on. All are long overdue, and stay so.
 */
public final class FireSchedule implements Row {

  static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final int EACH_WORKER = 2 * Sample.CLAIMED_SCHEDULES;
  private static final Instant OVERDUE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration A_CENTURY = Duration.ofDays(36_500);

  @Override
  public String name() {
    return "schedule";
  }

  @Override
  public String unit() {
    return "due times";
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    try (Persistence persistence = Persistence.open(database.config().build())) {
      ScheduleDefinition definition =
          ScheduleDefinition.builder(
                  ScheduleSpec.interval(INTERVAL), "order", Sample.WORKFLOWS.name())
              .input(Json.of(Sample.TASK_DATA))
              .startAt(OVERDUE)
              .catchUpWindow(A_CENTURY)
              .build();
      for (int i = 0; i < workers * EACH_WORKER; i++) {
        ScheduleKey key = new ScheduleKey(Sample.NAMESPACE, Runs.key(i).runId());
        persistence.schedules().create(NewSchedule.of(key, "schedule-" + i, definition));
      }
    }
    database.execute("UPDATE workflow_schedules SET next_run_at = start_at");
    database.settle();
  }

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    BaselineSchedules schedules = new BaselineSchedules(baseline);
    return () -> {
      List<BaselineSchedules.Due> due = schedules.claim("scheduler-" + index);
      for (BaselineSchedules.Due one : due) {
        schedules.advance(one, run(one.scheduledAt()));
      }
      return due.size();
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    ScheduleStore schedules = persistence.schedules();
    return () -> {
      List<DueSchedule> due =
          schedules.claimDue("scheduler-" + index, Sample.SCHEDULE_LEASE, Sample.CLAIMED_SCHEDULES);
      for (DueSchedule one : due) {
        schedules.advance(one.lease(), DueOutcome.started(run(one.lease().dueAt())));
      }
      return due.size();
    };
  }

  /** The run that is said to have been started. */
  private static RunKey run(Instant dueAt) {
    return Runs.key(dueAt.getEpochSecond());
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    database.expect(
        done, "SELECT count(*) FROM schedule_execution_history WHERE started_at IS NOT NULL");
    database.expect(0, "SELECT count(*) FROM workflow_schedules WHERE lease_id IS NOT NULL");
  }
}
