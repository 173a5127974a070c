package io.odin.persistence.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odin.persistence.Persistence;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.postgres.BasicOperations;
import io.odin.persistence.postgres.PostgresProvider;
import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.postgres.TestPostgres;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.visibility.VisibilityRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scripts of Schemas/PostgreSQL/optional but the roles, which RolesTest runs. */
class OptionalScriptsTest {

  private static final String[] ALL_OR_NOTHING = {"--set=ON_ERROR_STOP=1", "--single-transaction"};

  private final PostgresProvider provider = new PostgresProvider();

  @Test
  void dropEventDataIndex_dropsIt() {
    String indexes =
        "SELECT count(*)::int FROM pg_indexes WHERE indexname = 'idx_history_events_event_data'";
    try (PostgresTckDatabase database = TestPostgres.V18.database()) {
      SchemaScript.INIT.run(database);
      List<String> catalog = Catalog.of(database);

      SchemaScript.of("optional/drop_event_data_index.sql").run(database);
      assertThat(database.value(indexes, Integer.class)).isZero();

      SchemaScript.INIT.run(database);
      assertThat(Catalog.of(database)).isEqualTo(catalog);
    }
  }

  @Test
  void repairOfClosedRuns_endsWhatDisagreesWithThem() {
    try (PostgresTckDatabase database = TestPostgres.V14.database()) {
      SchemaScript.INIT.run(database);
      try (Persistence persistence = provider.open(database.config())) {
        BasicOperations basics = new BasicOperations(persistence);
        RunKey run = basics.runToItsEnd();
        WorkflowExecution closed = persistence.executions().find(run).orElseThrow().execution();
        database.execute(
            """
            INSERT INTO visibility_records (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state,
                                            start_time, execution_time, version)
            SELECT namespace_id, workflow_id, run_id, workflow_type, 'another', 'running', started_at, started_at, 1
              FROM workflow_executions\
            """,
            """
            INSERT INTO workflow_timers (namespace_id, workflow_id, run_id, timer_id, fire_at, shard_id)
            SELECT namespace_id, workflow_id, run_id, 'left', now() - interval '1 day', shard_id
              FROM workflow_executions\
            """);
        assertThat(consistency(persistence).status()).isEqualTo(Status.WARNING);

        SchemaScript.of("optional/repair_closed_runs.sql").run(database, ALL_OR_NOTHING);

        VisibilityRecord repaired = persistence.visibility().find(run).orElseThrow();
        assertThat(repaired.contradiction(closed.state().state(), closed.state().completedAt()))
            .isEmpty();
        assertThat(repaired.taskQueue()).isEqualTo(closed.definition().taskQueue());
        assertThat(repaired.executionDuration()).isPresent();
        assertThat(database.value("SELECT count(*)::int FROM workflow_timers", Integer.class))
            .isZero();
        assertThat(consistency(persistence).status()).isEqualTo(Status.OK);
      }
    }
  }

  private static Finding consistency(Persistence persistence) {
    return persistence.check().findings().stream()
        .filter(finding -> finding.name().equals("consistency"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void partitionedByHash_theStoresWork() {
    SchemaScript script = SchemaScript.of("optional/partitioning_hash_by_namespace.sql");
    try (PostgresTckDatabase database = TestPostgres.V14.database()) {
      SchemaScript.INIT.run(database);
      script.run(database, ALL_OR_NOTHING);

      assertThat(partitions(database)).hasSize(16);
      assertThat(script.text()).contains("PARTITION BY HASH (namespace_id)");
      try (Persistence persistence = provider.open(database.config())) {
        BasicOperations basics = new BasicOperations(persistence);
        RunKey run = basics.runToItsEnd();
        basics.delete(run);
      }
      assertThatThrownBy(() -> script.runOverJdbc(database))
          .hasMessageContaining("already partitioned");
    }
  }

  @Test
  void partitionedByTime_theStoresWorkAndMonthsInUseStay() {
    SchemaScript script = SchemaScript.of("optional/partitioning_range_by_time.sql");
    try (PostgresTckDatabase database = TestPostgres.V18.database()) {
      SchemaScript.INIT.run(database);
      script.run(database, ALL_OR_NOTHING);

      List<String> partitions = partitions(database);
      assertThat(partitions).hasSize(5).contains("history_events_default");
      assertThat(script.text()).contains("PARTITION BY RANGE (created_at)");
      assertThat(database.value("SELECT odin_add_history_partitions()", Integer.class)).isZero();
      String thisMonth = partitions.getFirst();
      String drop = "SELECT odin_drop_history_partition('" + thisMonth + "')";
      try (Persistence persistence = provider.open(database.config())) {
        BasicOperations basics = new BasicOperations(persistence);
        RunKey run = basics.runToItsEnd();
        assertThatThrownBy(() -> database.execute(drop))
            .hasMessageContaining("holds events of runs that still exist");
        basics.delete(run);
      }
      database.execute(drop);
      assertThat(partitions(database)).hasSize(4).doesNotContain(thisMonth);
    }
  }

  @Test
  void partitioning_whereEventsAreStored_isRefused() {
    try (PostgresTckDatabase database = TestPostgres.V18.database()) {
      SchemaScript.INIT.run(database);
      List<String> catalog = Catalog.of(database);
      try (Persistence persistence = provider.open(database.config())) {
        new BasicOperations(persistence).runToItsEnd();
      }

      for (String way : List.of("hash_by_namespace", "range_by_time")) {
        assertThatThrownBy(
                () ->
                    SchemaScript.of("optional/partitioning_" + way + ".sql").runOverJdbc(database))
            .hasMessageContaining("holds rows");
      }
      assertThat(Catalog.of(database)).isEqualTo(catalog);
    }
  }

  private static List<String> partitions(PostgresTckDatabase database) {
    return database.lines(
        """
        SELECT inhrelid::regclass::text FROM pg_inherits
        WHERE inhparent = 'history_events'::regclass ORDER BY 1\
        """);
  }
}
