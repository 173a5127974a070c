package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.postgres.schema.SchemaScript;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A schedule that someone has written to the table, and that no store would have taken. */
class UnreadableScheduleTest {

  @Test
  void claim_pausesWhatCannotBeReadAndTakesTheRest() {
    try (PostgresTckDatabase database = TestPostgres.V18.database()) {
      SchemaScript.INIT.run(database);
      try (Persistence persistence = new PostgresProvider().open(database.config())) {
        NamespaceId namespace = NamespaceId.create();
        persistence.namespaces().create(namespace, "orders", NamespaceSettings.defaults());
        List<ScheduleKey> keys =
            List.of(
                due(persistence, database, namespace, "a"),
                due(persistence, database, namespace, "b"),
                due(persistence, database, namespace, "c"),
                due(persistence, database, namespace, "d"));
        write(database, keys.get(0), "time_zone = 'Mars/Olympus'");
        write(database, keys.get(1), "cron_expression = '0 0 31 2 *'");
        write(database, keys.get(3), "cron_expression = '| * * * *'");

        List<DueSchedule> claimed =
            persistence.schedules().claimDue("scheduler", Duration.ofMinutes(1), 10);

        assertThat(claimed).extracting(due -> due.schedule().key()).containsExactly(keys.get(2));
        assertThat(
                persistence.schedules().find(keys.get(1)).orElseThrow().pauseNote().orElseThrow())
            .startsWith("cannot be read: cronExpression is '0 0 31 2 *', a day that never comes");
        assertThat(
                persistence.schedules().find(keys.get(3)).orElseThrow().pauseNote().orElseThrow())
            .startsWith("cannot be read: cronExpression is '| * * * *', which cannot be read");
        assertThat(persistence.schedules().list(namespace, PageRequest.first(10)).items())
            .extracting(Schedule::key)
            .containsExactlyElementsOf(keys.subList(1, 4));
        assertThatThrownBy(() -> persistence.schedules().find(keys.get(0)))
            .isInstanceOf(BackendFailureException.class)
            .hasMessageContaining("a stored row breaks a rule of this library: timeZone");
        write(database, keys.get(0), "time_zone = 'UTC'");
        assertThat(
                persistence.schedules().find(keys.get(0)).orElseThrow().pauseNote().orElseThrow())
            .startsWith("cannot be read: timeZone is Mars/Olympus");
      }
    }
  }

  private static ScheduleKey due(
      Persistence persistence, PostgresTckDatabase database, NamespaceId namespace, String name) {
    ScheduleKey key = ScheduleKey.create(namespace);
    ScheduleSpec minutely = ScheduleSpec.cron("* * * * *", "UTC");
    persistence
        .schedules()
        .create(
            NewSchedule.of(
                key, name, ScheduleDefinition.builder(minutely, "type", "queue").build()));
    database.ageSchedule(key, Duration.ofHours(1));
    return key;
  }

  private static void write(PostgresTckDatabase database, ScheduleKey key, String assignment) {
    database.execute(
        "UPDATE workflow_schedules SET %s WHERE schedule_id = '%s'"
            .formatted(assignment, key.scheduleId()));
  }
}
