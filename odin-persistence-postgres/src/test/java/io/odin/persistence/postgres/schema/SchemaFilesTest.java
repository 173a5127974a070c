package io.odin.persistence.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.odin.persistence.postgres.PostgresServer;
import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The files of Schemas/PostgreSQL, as a DBA runs them. */
class SchemaFilesTest {

  @TestFactory
  Stream<DynamicTest> init_onAnEmptyAndOnACompleteDatabase() {
    return Stream.of(TestPostgres.values())
        .map(version -> dynamicTest("on " + version, () -> initTwice(version)));
  }

  private static void initTwice(TestPostgres version) {
    try (PostgresTckDatabase database = version.database()) {
      SchemaScript.INIT.run(database);
      List<String> catalog = Catalog.of(database);
      List<String> seeds = Catalog.seedsOf(database);

      SchemaScript.INIT.run(database);

      assertThat(Catalog.of(database)).isEqualTo(catalog);
      assertThat(Catalog.seedsOf(database)).isEqualTo(seeds);
      assertThat(database.value("SELECT calculate_shard_id('order-12345', 512)", Integer.class))
          .isEqualTo(342);
      assertThat(database.value("SELECT odin_shard_count()", Integer.class)).isEqualTo(512);
    }
  }

  @Test
  void init_byPsql_printsNothingOfItsErrors() {
    if (Psql.VERSION.isEmpty()) {
      System.out.println("there is no psql here: what it prints is not looked at");
      return;
    }
    try (PostgresTckDatabase database = TestPostgres.V18.database()) {
      assertThat(Psql.file(database, SchemaScript.INIT.file(), "").output())
          .doesNotContain("ERROR", "WARNING", "NOTICE");
      assertThat(Psql.file(database, SchemaScript.INIT.file(), "").output())
          .doesNotContain("ERROR", "WARNING", "NOTICE");
    }
  }

  @Test
  void init_overJdbc_leavesWhatPsqlLeaves() {
    try (PostgresTckDatabase usual = TestPostgres.V18.database();
        PostgresTckDatabase overJdbc = TestPostgres.V18.database()) {
      SchemaScript.INIT.run(usual);
      SchemaScript.INIT.runOverJdbc(overJdbc);

      assertThat(Catalog.of(overJdbc)).isEqualTo(Catalog.of(usual));
      assertThat(Catalog.seedsOf(overJdbc)).isEqualTo(Catalog.seedsOf(usual));
    }
  }

  @Test
  void init_withAnotherShardCount_makesThatManyAndKeepsThem() {
    String sixteen = "SET odin.shard_count = '16'";
    try (PostgresTckDatabase database = TestPostgres.V18.database()) {
      SchemaScript.INIT.runOverJdbc(database, sixteen);
      SchemaScript.INIT.runOverJdbc(database, sixteen);
      SchemaScript.INIT.runOverJdbc(database);

      assertThat(database.value("SELECT odin_shard_count()", Integer.class)).isEqualTo(16);
      assertThatThrownBy(
              () -> SchemaScript.INIT.runOverJdbc(database, "SET odin.shard_count = '1024'"))
          .hasMessageContaining("odin.shard_count is 1024, but this database has 16 shards");
      assertThatThrownBy(
              () -> SchemaScript.INIT.runOverJdbc(database, "SET odin.shard_count = 'many'"))
          .hasMessageContaining("odin.shard_count is many");
      assertThat(database.value("SELECT odin_shard_count()", Integer.class)).isEqualTo(16);
    }
  }

  @Test
  void init_withPgOptions_makesThatManyShards() {
    if (Psql.VERSION.isEmpty()) {
      System.out.println("there is no psql here: PGOPTIONS is not looked at");
      return;
    }
    try (PostgresTckDatabase database = TestPostgres.V15.database()) {
      Psql.Outcome outcome =
          Psql.file(database, SchemaScript.INIT.file(), "-c odin.shard_count=1024");

      assertThat(outcome.exitCode()).as(outcome.output()).isZero();
      assertThat(database.value("SELECT odin_shard_count()", Integer.class)).isEqualTo(1024);
    }
  }

  @Test
  void init_bySeveralAtOnce_succeedsForEach() throws Exception {
    try (PostgresTckDatabase database = TestPostgres.V18.database();
        PostgresTckDatabase usual = TestPostgres.V18.database();
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> runs =
          Stream.generate(() -> threads.submit(() -> SchemaScript.INIT.runOverJdbc(database)))
              .limit(4)
              .<Future<?>>map(run -> run)
              .toList();
      for (Future<?> run : runs) {
        run.get();
      }

      SchemaScript.INIT.run(usual);
      assertThat(Catalog.of(database)).isEqualTo(Catalog.of(usual));
      assertThat(Catalog.seedsOf(database)).isEqualTo(Catalog.seedsOf(usual));
    }
  }

  @Test
  void init_whereTheEncodingIsNotUtf8_isRefusedAndLeavesNothing() {
    PostgresServer server = TestPostgres.V18.server();
    String name = "odin_test_latin1";
    server.execute(
        "DROP DATABASE IF EXISTS " + name,
        "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
    try (PostgresTckDatabase database = new PostgresTckDatabase(server, name)) {
      assertThatThrownBy(() -> SchemaScript.INIT.runOverJdbc(database))
          .hasMessageContaining("UTF8");
      assertThat(Catalog.of(database)).isEmpty();
    }
  }

  @Test
  void numberedFiles_holdNothingThatOnlyPsqlKnows() throws IOException {
    try (Stream<Path> files = Files.list(SchemaScript.INIT.file().resolveSibling("."))) {
      List<Path> numbered =
          files
              .filter(file -> file.getFileName().toString().matches("(?!00)\\d\\d_.*[.]sql"))
              .toList();

      assertThat(numbered).hasSize(10);
      for (Path file : numbered) {
        assertThat(Files.readAllLines(file))
            .as(file.toString())
            .noneMatch(line -> line.startsWith("\\"))
            .noneMatch(line -> line.matches("(?i)(BEGIN|COMMIT|START TRANSACTION);"));
        assertThat(Files.readString(SchemaScript.INIT.file()))
            .contains("\\ir " + file.getFileName() + "\n");
      }
    }
  }
}
