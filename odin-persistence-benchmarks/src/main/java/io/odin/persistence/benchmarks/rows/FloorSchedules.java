package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.TimeOrderedId;
import io.odin.persistence.benchmarks.rows.Prepared.Parameter;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.sql.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Schedules on plain JDBC. */
final class FloorSchedules {

  private final Connection connection;
  private final Find find;
  private final Claim claim;
  private final Advance advance;

  FloorSchedules(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    find = new Find(connection);
    claim = new Claim(connection);
    advance = new Advance(connection);
  }

  /** A due time in a scheduler's hands: what a program needs to start a run and to move on. */
  record Due(
      UUID scheduleId,
      UUID leaseId,
      String name,
      String workflowType,
      String taskQueue,
      String input,
      Instant scheduledAt,
      Instant next,
      Instant leasedUntil) {

    static Due of(ResultSet row) throws SQLException {
      Instant scheduledAt = instant(row, "next_run_at");
      return new Due(
          row.getObject("schedule_id", UUID.class),
          UUID.randomUUID(),
          row.getString("schedule_name"),
          row.getString("workflow_type"),
          row.getString("task_queue"),
          row.getString("workflow_input"),
          scheduledAt,
          scheduledAt.plusSeconds(row.getLong("interval_seconds")),
          instant(row, "database_now").plus(FireSchedule.LEASE));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
      return row.getObject(column, OffsetDateTime.class).toInstant();
    }
  }

  List<Due> claim(String owner) throws SQLException {
    List<Due> due = find.send();
    claim.send(due, owner);
    connection.commit();
    return due;
  }

  void advance(Due due, RunKey run) throws SQLException {
    advance.send(due, run);
    connection.commit();
  }

  private static final class Find {
    private final FloorStatements statements;
    private final Parameter limit;

    Find(Connection connection) throws SQLException {
      statements = new FloorStatements(connection, "schedules.due");
      limit = statements.parameter("limit");
    }

    List<Due> send() throws SQLException {
      limit.set(FireSchedule.BATCH);
      List<Due> due = new ArrayList<>(FireSchedule.BATCH);
      statements.send((sql, row) -> due.add(Due.of(row)));
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

    Claim(Connection connection) throws SQLException {
      Sql sql = LibrarySql.named("schedules.claim");
      claim = new Prepared(connection, List.of(sql));
      namespaceId = claim.parameter("namespace_id", sql);
      scheduleId = claim.parameter("schedule_id", sql);
      leaseId = claim.parameter("lease_id", sql);
      owner = claim.parameter("lease_owner", sql);
      leasedUntil = claim.parameter("leased_until", sql);
      next = claim.parameter("next_run_at", sql);
    }

    void send(List<Due> all, String identity) throws SQLException {
      for (Due due : all) {
        namespaceId.set(Sample.NAMESPACE.value());
        scheduleId.set(due.scheduleId());
        leaseId.set(due.leaseId());
        owner.set(identity);
        leasedUntil.set(due.leasedUntil());
        next.set(due.scheduledAt());
        claim.statement().addBatch();
      }
      claim.statement().executeBatch();
    }
  }

  private static final class Advance {
    private final FloorStatements statements;
    private final Parameter namespaceId;
    private final Parameter scheduleId;
    private final Parameter leaseId;
    private final Parameter scheduledAt;
    private final Parameter next;
    private final Parameter executionId;
    private final Parameter workflowId;
    private final Parameter runId;
    private final Parameter startedAt;
    private final Parameter completedAt;
    private final Parameter result;
    private final Parameter message;

    Advance(Connection connection) throws SQLException {
      statements =
          new FloorStatements(
              connection, "schedules.lockLease", "schedules.insertRun", "schedules.advance");
      namespaceId = statements.parameter("namespace_id");
      scheduleId = statements.parameter("schedule_id");
      leaseId = statements.parameter("lease_id");
      scheduledAt = statements.parameter("scheduled_at");
      next = statements.parameter("next_run_at");
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
