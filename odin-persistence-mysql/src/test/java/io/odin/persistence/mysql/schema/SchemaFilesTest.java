package io.odin.persistence.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of Schemas/MySQL, as an administrator runs them. */
class SchemaFilesTest {

  @Test
  void init_onAnEmptyAndOnACompleteDatabase() {
    try (SchemaDatabase database = SchemaDatabase.empty()) {
      database.initOverJdbc();
      List<String> catalog = Catalog.of(database);

      database.initOverJdbc();

      assertThat(Catalog.of(database)).isEqualTo(catalog);
      assertThat(database.column("SELECT calculate_shard_id('order-12345', 512)"))
          .containsExactly("342");
      assertThat(database.column("SELECT odin_shard_count()")).containsExactly("512");
    }
  }

  @Test
  void init_byTheClient_printsNothingAndLeavesWhatJdbcLeaves() {
    try (SchemaDatabase database = SchemaDatabase.empty();
        SchemaDatabase overJdbc = SchemaDatabase.complete()) {
      if (!database.hasClient()) {
        System.out.println("there is no mysql client here: 00_init.sql was run over JDBC only");
        return;
      }
      assertThat(database.initByClient()).isEmpty();
      assertThat(database.initByClient()).isEmpty();

      assertThat(Catalog.of(database)).isEqualTo(Catalog.of(overJdbc));
    }
  }

  @Test
  void init_withAnotherShardCount_makesThatManyAndKeepsThem() {
    String sixteen = "SET @odin_shard_count = 16";
    try (SchemaDatabase database = SchemaDatabase.empty()) {
      database.initOverJdbc(sixteen);
      database.initOverJdbc(sixteen);
      database.initOverJdbc();

      assertThat(database.column("SELECT odin_shard_count()")).containsExactly("16");
      assertThatThrownBy(() -> database.initOverJdbc("SET @odin_shard_count = 1024"))
          .hasMessageContaining("@odin_shard_count is 1024, but this database has 16 shards");
      assertThatThrownBy(() -> database.initOverJdbc("SET @odin_shard_count = 'many'"))
          .hasMessageContaining("@odin_shard_count is many, expected a whole number");
      assertThat(database.column("SELECT odin_shard_count()")).containsExactly("16");
    }
  }

  /** As Flyway does with a callback: it resets the variables of the session before each file. */
  @Test
  void numberedFiles_eachWithTheVariableSetBefore_makeThatManyShards() {
    try (SchemaDatabase database = SchemaDatabase.empty()) {
      for (String name : SchemaScript.INIT.lines()) {
        if (name.startsWith("SOURCE ")) {
          List<String> statements = new ArrayList<>(List.of("SET @odin_shard_count = 1024"));
          statements.addAll(
              new SchemaScript(SchemaScript.INIT.file().resolveSibling(name.substring(7)))
                  .statements(name.contains("10_") ? "//" : ";"));
          database.execute(statements);
        }
      }

      assertThat(database.column("SELECT odin_shard_count()")).containsExactly("1024");
      assertThat(database.column("SELECT MAX(version) FROM odin_schema")).containsExactly("1");
    }
  }

  @Test
  void init_whereANameIsTaken_refusesAndMakesNoTable() {
    try (SchemaDatabase database = SchemaDatabase.empty();
        SchemaDatabase usual = SchemaDatabase.complete()) {
      for (String name : usual.column("SHOW TABLES")) {
        if (!name.equals("odin_schema")) {
          requireRefusal(database, name, "CREATE VIEW %s AS SELECT 1 AS one", "DROP VIEW %s");
        }
      }
      requireRefusal(database, "task_queues", "CREATE TABLE %s (id int)", "DROP TABLE %s");

      database.initOverJdbc();
      assertThat(Catalog.of(database)).isEqualTo(Catalog.of(usual));
    }
  }

  private static void requireRefusal(
      SchemaDatabase database, String name, String create, String drop) {
    database.execute(List.of(create.formatted(name)));
    assertThatThrownBy(() -> database.initOverJdbc())
        .hasMessageContaining(name + " is there already, and is not a table of Odin");
    assertThat(database.column("SHOW TABLES")).containsExactlyInAnyOrder("odin_schema", name);
    database.execute(List.of(drop.formatted(name)));
  }

  @Test
  void init_bySeveralAtOnce_succeedsForEach() throws Exception {
    try (SchemaDatabase database = SchemaDatabase.empty();
        SchemaDatabase usual = SchemaDatabase.complete();
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> runs =
          Stream.generate(() -> threads.submit(() -> database.initOverJdbc()))
              .limit(4)
              .<Future<?>>map(run -> run)
              .toList();
      for (Future<?> run : runs) {
        run.get();
      }

      assertThat(Catalog.of(database)).isEqualTo(Catalog.of(usual));
    }
  }

  /** As on many managed servers. What the library needs is there, and so are the procedures. */
  @Test
  void init_byAnAccountThatMayMakeNoTriggers_makesAllElse() {
    String user = "odin_test_limited";
    try (SchemaDatabase database = SchemaDatabase.empty();
        SchemaDatabase usual = SchemaDatabase.complete()) {
      database.onTheServer(
          "SET GLOBAL log_bin_trust_function_creators = OFF",
          "DROP USER IF EXISTS " + user,
          "CREATE USER " + user + " IDENTIFIED BY 'Limited-1'",
          """
          GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER, EXECUTE, CREATE ROUTINE,
                ALTER ROUTINE ON %s.* TO\
          """
              + " "
              + user);

      assertThatThrownBy(
              () -> database.executeAs(user, "Limited-1", SchemaScript.INIT.statements()))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("log_bin_trust_function_creators");

      assertThat(Catalog.of(database))
          .isEqualTo(
              Catalog.of(usual).stream()
                  .filter(line -> !line.startsWith("trigger "))
                  .filter(line -> !line.startsWith("routine FUNCTION"))
                  .filter(line -> !line.matches("parameter (calculate|odin)_shard.*(?s:.*)"))
                  .toList());
      database.onTheServer("DROP USER " + user);
    }
  }

  @Test
  void numberedFiles_holdNothingThatOnlyTheClientKnows() throws IOException {
    try (Stream<Path> files = Files.list(SchemaScript.INIT.file().resolveSibling("."))) {
      List<SchemaScript> numbered =
          files
              .filter(file -> file.getFileName().toString().matches("(?!00)\\d\\d_.*[.]sql"))
              .map(SchemaScript::new)
              .toList();

      assertThat(numbered).hasSize(10);
      assertThat(numbered)
          .allSatisfy(
              script -> {
                assertThat(script.lines())
                    .as(script.toString())
                    .noneMatch(line -> line.matches("(?i)\\s*(source|delimiter|use|\\\\).*"))
                    .noneMatch(line -> line.matches("\\s*--.*;.*"));
                assertThat(SchemaScript.INIT.lines())
                    .contains("SOURCE " + script.file().getFileName());
              });
    }
  }
}
