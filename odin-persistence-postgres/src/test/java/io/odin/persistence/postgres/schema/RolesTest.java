package io.odin.persistence.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odin.persistence.Credentials;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.OutcomeUnknownException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.postgres.BasicOperations;
import io.odin.persistence.postgres.PostgresProvider;
import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.postgres.TestPostgres;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.LostLease;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Json;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The roles of optional/roles.sql may do what they need, and nothing else (SE-01, SE-02, HI-12).
 */
class RolesTest {

  private static final String DENIED = "42501";

  private final PostgresProvider provider = new PostgresProvider();
  private final PostgresTckDatabase database = TestPostgres.V18.database();

  @BeforeEach
  void grantRoles() {
    SchemaScript.INIT.run(database);
    SchemaScript.ROLES.run(database, "--set=ON_ERROR_STOP=1", "--single-transaction");
    OdinRoles.grant(database.config());
  }

  @AfterEach
  void removeDatabaseAndRoles() {
    database.close();
    OdinRoles.drop(database.server());
  }

  private PersistenceConfig as(OdinRoles role) {
    return role.as(database.config());
  }

  @Test
  void app_worksWithEveryStore() {
    try (Persistence persistence = provider.open(as(OdinRoles.ODIN_APP))) {
      BasicOperations basics = new BasicOperations(persistence);
      RunKey run = basics.runToItsEnd();
      basics.delete(run);
      persistence.shards().bumpAllTokens();
      assertThat(persistence.schema().status().isCurrent()).isTrue();
    }
  }

  /** The completion has committed before the reason why the other lease was lost is read. */
  @Test
  void complete_whenTheReasonForALostLeaseCannotBeRead_doesNotSayThatNothingHappened() {
    database.execute("REVOKE SELECT ON task_completions FROM odin_app");
    try (Persistence persistence = provider.open(as(OdinRoles.ODIN_APP))) {
      TaskQueueStore tasks = persistence.taskQueues();
      TaskQueue queue = new TaskQueue(NamespaceId.create(), "orders", TaskType.WORKFLOW);
      RunKey run = RunKey.create(queue.namespace(), "order-1");
      persistence
          .namespaces()
          .create(run.namespace(), "ns-" + run.namespace(), NamespaceSettings.defaults());
      tasks.enqueueAll(Collections.nCopies(2, NewTask.of(queue, run, Json.emptyObject())));
      List<TaskLease> leases =
          tasks.poll(PollRequest.of(queue, "worker", Duration.ofMinutes(1), 2)).stream()
              .map(LeasedTask::lease)
              .toList();
      tasks.release(leases.getLast());

      assertThatThrownBy(() -> tasks.completeAll(leases))
          .isInstanceOf(OutcomeUnknownException.class);

      database.execute("GRANT SELECT ON task_completions TO odin_app");
      assertThat(tasks.completeAll(leases))
          .extracting(LostLease::lease)
          .containsExactly(leases.getLast());
    }
  }

  @Test
  void app_callsEveryFunction() {
    accepted(
        OdinRoles.ODIN_APP,
        "SELECT calculate_shard_id('order-12345', odin_shard_count())",
        "SELECT * FROM get_next_task(gen_random_uuid(), 'orders', 'workflow', 'worker-a', 60)",
        "SELECT cleanup_expired_tasks()",
        "SELECT cleanup_expired_leases()");
  }

  @Test
  void app_neverRewritesHistory() {
    try (Persistence persistence = provider.open(as(OdinRoles.ODIN_APP))) {
      new BasicOperations(persistence).runToItsEnd();
    }

    denied(OdinRoles.ODIN_APP, "UPDATE history_events SET event_type = 'Forged'");
    denied(OdinRoles.ODIN_APP, "UPDATE history_events SET created_at = now()");
    denied(OdinRoles.ODIN_APP, "TRUNCATE history_events");
  }

  @Test
  void app_changesNoObject() {
    denied(OdinRoles.ODIN_APP, "CREATE TABLE mine (id int)");
    denied(OdinRoles.ODIN_APP, "CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1");
    denied(OdinRoles.ODIN_APP, "ALTER TABLE namespaces ADD COLUMN mine int");
    denied(OdinRoles.ODIN_APP, "DROP TABLE namespaces");
    denied(OdinRoles.ODIN_APP, "CREATE INDEX mine ON namespaces (owner_id)");
    denied(OdinRoles.ODIN_APP, "UPDATE odin_schema SET version = 2");
    denied(OdinRoles.ODIN_APP, "SELECT setval('task_id_sequence', 1)");
    denied(OdinRoles.ODIN_APP, "CREATE ROLE mine");
  }

  @Test
  void readonly_runsTheMonitoringQueries() {
    List<String> queries = SchemasReadmeTest.monitoringQueries();

    assertThat(queries).hasSizeGreaterThan(8);
    queries.forEach(query -> accepted(OdinRoles.ODIN_READONLY, query));
    accepted(
        OdinRoles.ODIN_READONLY,
        "SELECT * FROM visibility_records",
        "SELECT * FROM workflow_tags",
        "SELECT calculate_shard_id('order-12345', odin_shard_count())");
  }

  @Test
  void readonly_seesNoPayload() {
    for (String payload :
        List.of(
            "event_data FROM history_events",
            "event_bytes FROM history_events",
            "execution_state FROM workflow_executions",
            "memo FROM workflow_executions",
            "task_data FROM task_queues",
            "task_bytes FROM task_queues",
            "task_data FROM task_dead_letters",
            "task_bytes FROM task_dead_letters",
            "timer_data FROM workflow_timers",
            "timer_bytes FROM workflow_timers",
            "signal_input FROM workflow_signals",
            "signal_bytes FROM workflow_signals",
            "query_result FROM workflow_query_results",
            "workflow_input FROM workflow_schedules",
            "data FROM namespaces",
            "content_hash FROM workflow_commits")) {
      denied(OdinRoles.ODIN_READONLY, "SELECT " + payload);
    }
  }

  @Test
  void readonly_writesNothing() {
    assertThat(
            database.lines(
                """
                SELECT c.relname || ': ' || privilege
                FROM pg_class c CROSS JOIN unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) privilege
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v')
                  AND (has_table_privilege('odin_readonly', c.oid, privilege)
                       OR CASE WHEN privilege IN ('INSERT', 'UPDATE', 'REFERENCES')
                               THEN has_any_column_privilege('odin_readonly', c.oid, privilege) END)\
                """))
        .isEmpty();
    denied(OdinRoles.ODIN_READONLY, "SELECT nextval('task_id_sequence')");
    denied(OdinRoles.ODIN_READONLY, "CREATE TABLE mine (id int)");
    denied(
        OdinRoles.ODIN_READONLY,
        "SELECT * FROM get_next_task(gen_random_uuid(), 'orders', 'workflow', 'worker-a', 60)");
    denied(OdinRoles.ODIN_READONLY, "SELECT cleanup_expired_tasks()");
    denied(OdinRoles.ODIN_READONLY, "SELECT cleanup_expired_leases()");
  }

  @Test
  void migrator_ownsEverythingAndMigrates() {
    assertThat(
            database.lines(
                """
                SELECT relname::text FROM pg_class
                WHERE relnamespace = current_schema()::regnamespace AND relowner <> 'odin_migrator'::regrole
                UNION ALL
                SELECT proname::text FROM pg_proc
                WHERE pronamespace = current_schema()::regnamespace AND proowner <> 'odin_migrator'::regrole\
                """))
        .isEmpty();
    assertThat(provider.schema(as(OdinRoles.ODIN_MIGRATOR)).migrate().isCurrent()).isTrue();
    SchemaScript.ROLES.run(database);
    try (Persistence persistence = provider.open(as(OdinRoles.ODIN_APP))) {
      new BasicOperations(persistence).runToItsEnd();
    }
  }

  @Test
  void roles_runAgain_changeNothing() {
    List<String> catalog = Catalog.of(database);

    SchemaScript.ROLES.run(database);

    assertThat(Catalog.of(database)).isEqualTo(catalog);
  }

  private void accepted(OdinRoles role, String... statements) {
    for (String sql : statements) {
      execute(role, sql);
    }
  }

  private void denied(OdinRoles role, String sql) {
    ThrowingCallable call = () -> execute(role, sql);
    assertThatThrownBy(call)
        .as(sql)
        .cause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).as(sql).isEqualTo(DENIED));
  }

  private void execute(OdinRoles role, String sql) {
    PersistenceConfig config = as(role);
    Credentials credentials = config.credentials().get();
    try (Connection connection =
            DriverManager.getConnection(
                config.url(), credentials.username(), credentials.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + " failed: " + e.getMessage(), e);
    }
  }
}
