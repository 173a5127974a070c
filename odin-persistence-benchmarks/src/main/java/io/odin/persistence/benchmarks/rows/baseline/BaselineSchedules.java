package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.TimeOrderedId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Schedules on plain JDBC. */
public final class BaselineSchedules {

  private final Baseline baseline;
  private final Find find;
  private final Claim claim;
  private final Advance advance;

  public BaselineSchedules(Baseline baseline) throws SQLException {
    this.baseline = baseline;
    baseline.connection().setAutoCommit(false);
    find = new Find(baseline);
    claim = new Claim(baseline);
    advance = new Advance(baseline);
  }

  /** A due time in a scheduler's hands: what a program needs to start a run and to move on. */
  public record Due(
      UUID scheduleId,
      UUID leaseId,
      String name,
      String workflowType,
      String taskQueue,
      String input,
      Instant scheduledAt,
      Instant next,
      Instant leasedUntil) {

    static Due of(Baseline baseline, ResultSet row) throws SQLException {
      Instant scheduledAt = baseline.instant(row, "next_run_at");
      return new Due(
          baseline.uuid(row, "schedule_id"),
          UUID.randomUUID(),
          row.getString("schedule_name"),
          row.getString("workflow_type"),
          row.getString("task_queue"),
          row.getString("workflow_input"),
          scheduledAt,
          scheduledAt.plusSeconds(row.getLong("interval_seconds")),
          baseline.instant(row, "database_now").plus(Sample.SCHEDULE_LEASE));
    }
  }

  public List<Due> claim(String owner) throws SQLException {
    List<Due> due = find.send();
    claim.send(due, owner);
    baseline.commit();
    return due;
  }

  public void advance(Due due, RunKey run) throws SQLException {
    advance.send(due, run);
    baseline.commit();
  }

  private static final class Find {
    private final Baseline baseline;
    private final Prepared statements;
    private final Parameter limit;

    Find(Baseline baseline) throws SQLException {
      this.baseline = baseline;
      statements = baseline.prepare("schedules.due");
      limit = statements.parameter("limit");
      statements.parameter("row_bytes").set(Long.MAX_VALUE);
    }

    List<Due> send() throws SQLException {
      limit.set(Sample.CLAIMED_SCHEDULES);
      List<Due> due = new ArrayList<>(Sample.CLAIMED_SCHEDULES);
      statements.send((sql, row) -> due.add(Due.of(baseline, row)));
      return due;
    }
  }

  private static final class Claim {
    private final Prepared claim;
    private final Parameter namespaceId;
    private final Parameter scheduleId;
    private final Parameter leaseId;
    private final Parameter owner;
    private final Parameter leasedUntil;
    private final Parameter next;

    Claim(Baseline baseline) throws SQLException {
      claim = baseline.prepare("schedules.claim");
      namespaceId = claim.parameter("namespace_id");
      scheduleId = claim.parameter("schedule_id");
      leaseId = claim.parameter("lease_id");
      owner = claim.parameter("lease_owner");
      leasedUntil = claim.parameter("leased_until");
      next = claim.parameter("next_run_at");
    }

    void send(List<Due> all, String identity) throws SQLException {
      for (Due due : all) {
        namespaceId.set(Sample.NAMESPACE.value());
        scheduleId.set(due.scheduleId());
        leaseId.set(due.leaseId());
        owner.set(identity);
        leasedUntil.set(due.leasedUntil());
        next.set(due.scheduledAt());
        claim.addBatch();
      }
      claim.sendBatch();
    }
  }

  private static final class Advance {
    private final Prepared statements;
    private final Parameter namespaceId;
    private final Parameter scheduleId;
    private final Parameter leaseId;
    private final Parameter scheduledAt;
    private final Parameter next;
    private final Parameter actions;
    private final Parameter executionId;
    private final Parameter workflowId;
    private final Parameter runId;
    private final Parameter startedAt;
    private final Parameter completedAt;
    private final Parameter result;
    private final Parameter message;

    Advance(Baseline baseline) throws SQLException {
      statements =
          baseline.prepare("schedules.lockLease", "schedules.insertRun", "schedules.advance");
      namespaceId = statements.parameter("namespace_id");
      scheduleId = statements.parameter("schedule_id");
      leaseId = statements.parameter("lease_id");
      scheduledAt = statements.parameter("scheduled_at");
      next = statements.parameter("next_run_at");
      actions = statements.parameter("actions");
      executionId = statements.parameter("execution_id");
      workflowId = statements.parameter("workflow_id");
      runId = statements.parameter("run_id");
      startedAt = statements.parameter("started_at");
      completedAt = statements.parameter("completed_at");
      result = statements.parameter("result");
      message = statements.parameter("error_message");
    }

    void send(Due due, RunKey run) throws SQLException {
      namespaceId.set(Sample.NAMESPACE.value());
      scheduleId.set(due.scheduleId());
      leaseId.set(due.leaseId());
      scheduledAt.set(due.scheduledAt());
      next.set(due.next());
      actions.set(1L);
      executionId.set(TimeOrderedId.next());
      workflowId.set(run.workflowId());
      runId.set(run.runId());
      startedAt.set(0L);
      completedAt.setNull();
      result.setNull();
      message.set("");
      statements.sendAll();
    }
  }
}
