package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.OpenDatabase;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Workbench;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.query.AttributeType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Repetitions on a server whose synchronous standby is not connected: what was applied before is
 * not reported as applied before the standby could have it.
 */
class SynchronousStandbyTest {

  private static final Duration LONG = Duration.ofMinutes(30);

  @Test
  void everyRepetition_waitsForTheStandby() throws Exception {
    PostgresTckDatabase database = TestPostgres.V18.database();
    // Its sessions wait; those of other databases will not.
    database.execute("ALTER DATABASE %s SET synchronous_commit = on".formatted(name(database)));
    try (OpenDatabase own =
        OpenDatabase.open(new PostgresProvider(), database, settings -> settings.shardCount(8))) {
      Map<String, Runnable> writes = writes(own);
      writes.values().forEach(Runnable::run);
      database.execute(
          "ALTER SYSTEM SET synchronous_commit = local",
          "ALTER SYSTEM SET synchronous_standby_names = 'not_connected'",
          "SELECT pg_reload_conf()");
      try {
        for (Map.Entry<String, Runnable> write : writes.entrySet()) {
          assertWaits(database, write.getKey(), write.getValue());
        }
      } finally {
        database.execute(
            "ALTER SYSTEM RESET synchronous_standby_names",
            "ALTER SYSTEM RESET synchronous_commit",
            "SELECT pg_reload_conf()");
      }
    }
  }

  private static String name(PostgresTckDatabase database) throws Exception {
    try (Connection connection = database.connect()) {
      return connection.getCatalog();
    }
  }

  /** The repetition waits, and its outcome is unknown once the wait is cancelled. */
  private static void assertWaits(PostgresTckDatabase database, String name, Runnable write) {
    Future<Boolean> repetition =
        Concurrently.start(
            () -> {
              write.run();
              return true;
            });

    await()
        .alias(name + " waits for the standby")
        .until(() -> repetition.isDone() || waiting(database, "pid") > 0);
    assertThat(repetition).as(name).isNotDone();

    // In some operations more than one commit waits.
    await()
        .alias(name + " ends")
        .until(
            () -> {
              waiting(database, "pg_cancel_backend(pid)");
              return repetition.isDone();
            });
    PersistenceException failure =
        catchThrowableOfType(PersistenceException.class, () -> Concurrently.resultOf(repetition));
    assertThat(failure.outcome()).as(name).isIn(Outcome.UNKNOWN, Outcome.PARTLY_APPLIED);
  }

  /** The number of sessions that wait for the standby, each asked for a value. */
  private static int waiting(PostgresTckDatabase database, String value) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT count(%s) FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event = 'SyncRep'\
                """
                    .formatted(value))) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static Map<String, Runnable> writes(OpenDatabase own) {
    Persistence odin = own.persistence();
    Workbench bench = Workbench.on(odin);
    Map<String, Runnable> writes = new LinkedHashMap<>();
    addRuns(writes, odin, bench);
    addTasks(writes, odin, bench);
    addOthers(writes, own, bench);
    return writes;
  }

  private static void addRuns(Map<String, Runnable> writes, Persistence odin, Workbench bench) {
    RunKey run = bench.startedRun();
    WorkflowTransaction update = bench.transaction(Samples.update(run, 1).build()).build();
    writes.put("executions.commit", () -> odin.executions().commit(update));
    RunKey started = bench.newRun();
    writes.put(
        "executions.commit, with a start request id",
        () ->
            bench.commit(
                CreateRun.builder(
                        RunKey.create(started.namespace(), started.workflowId()),
                        CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.fail()),
                        RunDefinition.builder("t", "q", Samples.STARTED)
                            .startRequestId("request")
                            .build(),
                        Samples.running())
                    .build()));
    RunKey imported = bench.newRun();
    writes.put(
        "executions.importRun",
        () ->
            odin.executions()
                .importRun(
                    bench.shardOf(imported),
                    Samples.create(imported, CreateMode.bypassCurrent()).build()));
    RunKey deleted = bench.startedRun();
    bench.commit(Samples.close(deleted, 1, WorkflowState.COMPLETED));
    ShardLease shard = bench.shardOf(deleted);
    writes.put("executions.delete", () -> odin.executions().delete(deleted, shard));
    NewSignal signal = NewSignal.create("cancel", Json.emptyObject());
    RunKey signaled = bench.startedRun();
    writes.put("signals.put", () -> odin.signals().put(signaled, signal));
    VisibilityRecord record = Samples.visibility(bench.newRun()).build();
    writes.put("visibility.upsert", () -> odin.visibility().upsert(record, 3));
    writes.put(
        "visibility.registerAttribute",
        () -> odin.visibility().registerAttribute(bench.namespace(), "A", AttributeType.INT));
    NewQuery query = NewQuery.create(run, "status", Json.emptyObject(), LONG);
    writes.put("queryResults.request", () -> odin.queryResults().request(query));
    QueryCompletion answer = new QueryCompletion(query.key(), QueryAnswer.error("broken"));
    writes.put("queryResults.complete", () -> odin.queryResults().complete(answer, 1));
  }

  private static void addTasks(Map<String, Runnable> writes, Persistence odin, Workbench bench) {
    for (int i = 0; i < 3; i++) {
      bench.enqueue();
    }
    TaskLease completed = bench.poll(1).getFirst().lease();
    TaskLease failed = bench.poll(1).getFirst().lease();
    TaskLease released = bench.poll(1).getFirst().lease();
    NewTask task =
        NewTask.builder(bench.queue(), bench.newRun(), Json.emptyObject()).taskId(7).build();
    writes.put("taskQueues.enqueue", () -> odin.taskQueues().enqueue(task));
    writes.put("taskQueues.complete", () -> odin.taskQueues().complete(completed));
    writes.put(
        "taskQueues.fail",
        () -> odin.taskQueues().fail(failed, new TaskFailure("broken", Duration.ZERO, 9)));
    writes.put("taskQueues.release", () -> odin.taskQueues().release(released));
  }

  private static void addOthers(Map<String, Runnable> writes, OpenDatabase own, Workbench bench) {
    Persistence odin = own.persistence();
    NamespaceId id = NamespaceId.create();
    NamespaceId updated = Workbench.on(odin).namespace();
    NamespaceId deleted = Workbench.on(odin).namespace();
    writes.put(
        "namespaces.create", () -> odin.namespaces().create(id, id.toString(), Samples.settings()));
    writes.put("namespaces.update", () -> odin.namespaces().update(updated, Samples.settings(), 1));
    writes.put("namespaces.delete", () -> odin.namespaces().delete(deleted, 1));
    NewSchedule schedule =
        NewSchedule.of(ScheduleKey.create(bench.namespace()), "schedule", Samples.hourly());
    ScheduleLease due = bench.dueSchedule(own.database());
    writes.put("schedules.create", () -> odin.schedules().create(schedule));
    writes.put(
        "schedules.update", () -> odin.schedules().update(schedule.key(), Samples.hourly(), 1));
    writes.put("schedules.pause", () -> odin.schedules().pause(schedule.key(), "why"));
    writes.put("schedules.advance", () -> odin.schedules().advance(due, DueOutcome.skipped("why")));
    ShardLease lease = bench.shardOf(bench.newRun());
    writes.put("shards.release", () -> odin.shards().release(lease));
  }
}
