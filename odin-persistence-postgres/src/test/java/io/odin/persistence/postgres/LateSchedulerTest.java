package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odin.persistence.OperationObserver.Operation;
import io.odin.persistence.Persistence;
import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.postgres.schema.SchemaScript;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** A scheduler deals with a due time at the moment at which another one drops it as missed. */
class LateSchedulerTest {

  @Test
  void advance_whileTheDueTimeIsDropped_waitsForThatAndReportsIt() throws SQLException {
    Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    try (PostgresTckDatabase database = TestPostgres.V18.database()) {
      SchemaScript.INIT.run(database);
      try (Persistence persistence =
              new PostgresProvider()
                  .open(database.config().toBuilder().observer(operations::add).build());
          Connection dropping = database.connect();
          Statement statement = dropping.createStatement()) {
        ScheduleLease lease = claimed(persistence, database);
        String schedule = "'" + lease.schedule().scheduleId() + "'";
        // What a claim does with a due time that is older than the catch-up window.
        dropping.setAutoCommit(false);
        statement.execute(
            "SELECT 1 FROM workflow_schedules WHERE schedule_id = " + schedule + " FOR UPDATE");
        CompletableFuture<Throwable> late =
            CompletableFuture.runAsync(
                    () -> persistence.schedules().advance(lease, DueOutcome.skipped("late")))
                .handle((done, failure) -> failure);
        await().until(() -> database.waitingForLocks() == 1);
        statement.execute(
            "INSERT INTO schedule_execution_history (namespace_id, schedule_id, scheduled_at,"
                + " result) SELECT namespace_id, schedule_id, next_run_at, 'missed' FROM"
                + " workflow_schedules WHERE schedule_id = "
                + schedule);
        dropping.commit();

        assertThat(late.join()).hasCauseInstanceOf(AlreadyExistsException.class);
        assertThat(operations)
            .filteredOn(operation -> operation.name().equals("schedules.advance"))
            .extracting(Operation::attempts)
            .containsExactly(1);
      }
    }
  }

  private static ScheduleLease claimed(Persistence persistence, PostgresTckDatabase database) {
    ScheduleKey key = ScheduleKey.create(NamespaceId.create());
    persistence.namespaces().create(key.namespace(), "orders", NamespaceSettings.defaults());
    ScheduleSpec hourly = ScheduleSpec.interval(Duration.ofHours(1));
    persistence
        .schedules()
        .create(
            NewSchedule.of(
                key, "hourly", ScheduleDefinition.builder(hourly, "type", "queue").build()));
    database.ageSchedule(key, Duration.ofMinutes(90));
    return persistence
        .schedules()
        .claimDue("scheduler", Duration.ofMinutes(10), 1)
        .getFirst()
        .lease();
  }
}
