package io.odin.persistence.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.SchemaMismatchException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.postgres.BasicOperations;
import io.odin.persistence.postgres.PostgresProvider;
import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.postgres.TestPostgres;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.schema.SchemaStatus;
import io.odin.persistence.tck.database.Fault;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Migrating by the library, alone and beside psql. */
class MigrationTest {

  private static final List<String> CHANGES =
      List.of(
          "01_namespaces",
          "02_history_shards",
          "03_workflow_executions",
          "04_history_events",
          "05_task_queues",
          "06_visibility_records",
          "07_timers",
          "08_signals_queries",
          "09_schedules",
          "10_functions");

  private final PostgresProvider provider = new PostgresProvider();
  private final PostgresTckDatabase database = TestPostgres.V18.database();
  private final Schema schema = provider.schema(database.config());

  @AfterEach
  void removeDatabase() {
    database.close();
  }

  @Test
  void migrate_onAnEmptyDatabase_makesTheSchemaAndThenNothing() {
    SchemaStatus before = schema.status();
    assertThat(before.installedVersion()).isEmpty();
    assertThat(before.isCurrent()).isFalse();
    assertThat(before.pendingChanges()).isEqualTo(CHANGES);

    SchemaStatus after = schema.migrate();
    List<String> catalog = Catalog.of(database);

    assertThat(after.isCurrent()).isTrue();
    assertThat(after.pendingChanges()).isEmpty();
    assertThat(schema.migrate()).isEqualTo(after);
    assertThat(schema.status()).isEqualTo(after);
    assertThat(Catalog.of(database)).isEqualTo(catalog);
    assertThat(changesRun()).isEqualTo(CHANGES);
  }

  @Test
  void migrate_leavesWhatPsqlLeaves() {
    schema.migrate();

    try (PostgresTckDatabase byPsql = TestPostgres.V18.database()) {
      SchemaScript.INIT.run(byPsql);
      assertThat(Catalog.of(database)).isEqualTo(Catalog.of(byPsql));
      assertThat(Catalog.seedsOf(database)).isEqualTo(Catalog.seedsOf(byPsql));
    }
  }

  @Test
  void migrate_afterPsql_takesTheSchemaOverAsItIs() {
    SchemaScript.INIT.run(database);
    List<String> catalog = Catalog.of(database);
    assertThat(schema.status().isCurrent()).isTrue();
    try (Persistence persistence = provider.open(database.config())) {
      new BasicOperations(persistence).runToItsEnd();
    }
    List<String> seeds = Catalog.seedsOf(database);

    assertThat(schema.migrate().isCurrent()).isTrue();

    assertThat(Catalog.of(database)).isEqualTo(catalog);
    assertThat(Catalog.seedsOf(database)).isEqualTo(seeds);
    assertThat(database.value("SELECT count(*)::int FROM history_events", Integer.class))
        .isEqualTo(4);
  }

  @Test
  void psql_afterMigrate_changesNothing() {
    schema.migrate();
    List<String> catalog = Catalog.of(database);
    List<String> seeds = Catalog.seedsOf(database);

    SchemaScript.INIT.run(database);

    assertThat(Catalog.of(database)).isEqualTo(catalog);
    assertThat(Catalog.seedsOf(database)).isEqualTo(seeds);
  }

  @Test
  void migrate_bySeveralAtOnce_runsEachChangeOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<SchemaStatus>> migrations =
          Stream.generate(() -> threads.submit(() -> provider.schema(database.config()).migrate()))
              .limit(4)
              .toList();
      for (Future<SchemaStatus> migration : migrations) {
        assertThat(migration.get().isCurrent()).isTrue();
      }
    }

    assertThat(changesRun()).isEqualTo(CHANGES);
  }

  private List<String> changesRun() {
    return database.lines("SELECT id FROM databasechangelog ORDER BY orderexecuted");
  }

  @Test
  void migrate_withAnotherShardCount_makesThatManyShards() {
    PersistenceConfig sixteen = database.config().toBuilder().shardCount(16).build();
    provider.schema(sixteen).migrate();
    provider.schema(sixteen).migrate();

    try (Persistence persistence = provider.open(sixteen)) {
      assertThat(persistence.shardCount()).isEqualTo(16);
    }
    SchemaMismatchException mismatch = mismatchOnOpen();
    assertThat(mismatch.expected()).isEqualTo("512");
    assertThat(mismatch.actual()).isEqualTo("16");
    assertThat(mismatch).hasMessageContainingAll("512", "16");
  }

  @Test
  void open_onAnEmptyDatabase_saysWhatIsMissing() {
    SchemaMismatchException mismatch = mismatchOnOpen();

    assertThat(mismatch.expected()).isEqualTo("1");
    assertThat(mismatch.actual()).isEqualTo("not there");
    assertThat(mismatch).hasMessageContainingAll("1", "not there", "odin schema migrate");
  }

  @Test
  void openAndMigrate_onANewerSchema_nameBothVersions() {
    schema.migrate();
    database.execute("INSERT INTO odin_schema (version, description) VALUES (99, 'the future')");

    SchemaMismatchException mismatch = mismatchOnOpen();
    assertThat(mismatch.expected()).isEqualTo("1");
    assertThat(mismatch.actual()).isEqualTo("99");
    assertThatThrownBy(schema::migrate)
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContainingAll("1", "99");
    assertThat(schema.status().installedVersion()).hasValue(99);
    assertThat(schema.status().isCurrent()).isFalse();
  }

  @Test
  void open_onAnOlderSchema_namesBothVersions() {
    schema.migrate();
    database.execute(
        "ALTER TABLE odin_schema DROP CONSTRAINT ck_odin_schema_version",
        "UPDATE odin_schema SET version = 0");

    SchemaMismatchException mismatch = mismatchOnOpen();

    assertThat(mismatch.expected()).isEqualTo("1");
    assertThat(mismatch.actual()).isEqualTo("0");
  }

  private SchemaMismatchException mismatchOnOpen() {
    return catchThrowableOfType(
        SchemaMismatchException.class, () -> provider.open(database.config()).close());
  }

  @Test
  void migrate_afterAMigrationWasKilled_goesOn() throws Exception {
    SchemaScript.INIT.run(database);
    database.execute("DROP FUNCTION get_next_task", "DELETE FROM odin_schema");
    try (Connection other = database.connect();
        Statement statement = other.createStatement();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE history_events IN ACCESS EXCLUSIVE MODE");
      Future<SchemaStatus> killed = threads.submit(schema::migrate);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> killed.isDone() || database.waitingForLocks() >= 1);
      database.killConnections();
      assertThatThrownBy(() -> killed.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(PersistenceException.class);
      other.rollback();
    }
    assertThat(database.value("SELECT locked FROM databasechangeloglock", Boolean.class))
        .as("what the killed one has left behind")
        .isTrue();

    assertThat(schema.migrate().isCurrent()).isTrue();

    assertThat(changesRun()).isEqualTo(CHANGES);
    try (Persistence persistence = provider.open(database.config())) {
      new BasicOperations(persistence).runToItsEnd();
    }
  }

  @Test
  void migrate_whereAChangeFails_leavesTheVersionUnset() {
    database.execute("CREATE VIEW workflow_timers AS SELECT 1 AS one");

    assertThatThrownBy(schema::migrate).isInstanceOf(BackendFailureException.class);

    assertThat(schema.status().installedVersion()).isEmpty();
    assertThat(schema.status().pendingChanges()).startsWith("07_timers");
    database.execute("DROP VIEW workflow_timers");
    assertThat(schema.migrate().isCurrent()).isTrue();
    assertThat(changesRun()).isEqualTo(CHANGES);
  }

  @Test
  void migrationSql_isWhatMigrateRunsAndRunsNothing() {
    String sql = schema.migrationSql();

    assertThat(Catalog.of(database)).isEmpty();
    assertThat(database.lines("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"))
        .isEmpty();
    assertThat(CHANGES).allSatisfy(change -> assertThat(sql).contains(change));
    assertThat(sql).startsWith("SET odin.shard_count = '512';\n");
    database.execute(sql);
    assertThat(schema.status().isCurrent()).isTrue();
    assertThat(schema.migrationSql()).isEmpty();
    try (PostgresTckDatabase migrated = TestPostgres.V18.database()) {
      provider.schema(migrated.config()).migrate();
      assertThat(Catalog.of(database)).isEqualTo(Catalog.of(migrated));
    }
  }

  @Test
  void everyCall_whenTheDatabaseIsDown_saysSo() {
    Fault outage = database.outage();
    try {
      assertThatThrownBy(schema::status).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(schema::migrate).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(schema::migrationSql).isInstanceOf(UnavailableException.class);
    } finally {
      outage.close();
    }
  }
}
