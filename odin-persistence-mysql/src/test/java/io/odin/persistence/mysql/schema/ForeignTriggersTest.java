package io.odin.persistence.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.SchemaMismatchException;
import io.odin.persistence.mysql.TestMySql;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trigger that another account has made sees and changes what is written: it is named. */
class ForeignTriggersTest {

  private static final String PASSWORD = "Foreign-1";

  private final String mallory = "mallory_" + UUID.randomUUID().toString().substring(0, 8);
  private final SchemaDatabase database = SchemaDatabase.empty();

  @BeforeEach
  void makeAccount() {
    database.onTheServer(
        "SET GLOBAL log_bin_trust_function_creators = ON",
        "CREATE USER %s IDENTIFIED BY '%s'".formatted(mallory, PASSWORD),
        "GRANT CREATE, DROP, TRIGGER, INSERT ON %s.* TO " + mallory);
  }

  @AfterEach
  void drop() {
    database.onTheServer("DROP USER " + mallory);
    database.close();
  }

  private PersistenceConfig config() {
    return PersistenceConfig.builder(database.url())
        .credentials(TestMySql.server().user(), TestMySql.server().password())
        .build();
  }

  private void asMallory(String... statements) throws SQLException {
    database.executeAs(mallory, PASSWORD, List.of(statements));
  }

  @Test
  void aTableMadeBeforehandWithATrigger_isRefusedAndTheTriggerNeverRuns() throws SQLException {
    asMallory(
        """
        CREATE TABLE history_shards (shard_id int PRIMARY KEY, fence_token bigint)
        ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin\
        """,
        "CREATE TABLE traces (who text)",
        """
        CREATE TRIGGER evil BEFORE INSERT ON history_shards
        FOR EACH ROW INSERT INTO traces VALUES (SESSION_USER())\
        """);

    assertThatThrownBy(database::initOverJdbc)
        .hasMessageContaining("trigger evil on history_shards of " + mallory)
        .hasMessageContaining("is not of Odin");
    assertThatThrownBy(() -> Persistence.schemaOf(config()).migrate())
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining("trigger evil on history_shards of " + mallory);

    assertThat(database.column("SELECT who FROM traces")).isEmpty();
    asMallory("DROP TABLE history_shards");
    database.initOverJdbc();
    assertThat(Persistence.schemaOf(config()).migrate().isCurrent()).isTrue();
  }

  @Test
  void aTableOfAnotherEngine_isRefused() throws SQLException {
    asMallory("CREATE TABLE task_queues (a int) ENGINE = MyISAM COLLATE utf8mb4_0900_bin");

    assertThatThrownBy(database::initOverJdbc)
        .hasMessageContaining("task_queues is there already, and is not a table of Odin");
  }

  @Test
  void aTriggerOnAnyTableOfTheSchema_isNamed() throws SQLException {
    database.initOverJdbc();
    List<String> tables = database.column("SHOW TABLES");
    assertThat(tables).hasSizeGreaterThan(20);
    for (String table : tables) {
      asMallory("CREATE TRIGGER evil AFTER INSERT ON %s FOR EACH ROW SET @a = 1".formatted(table));
      String named = "trigger evil on %s of %s".formatted(table, mallory);

      assertThatThrownBy(database::initOverJdbc).hasMessageContaining(named);
      for (Runnable use :
          List.<Runnable>of(
              () -> Persistence.schemaOf(config()).migrate(),
              () -> Persistence.schemaOf(config()).status(),
              () -> Persistence.open(config()).close())) {
        assertThatThrownBy(use::run)
            .isInstanceOf(SchemaMismatchException.class)
            .hasMessageContaining(named);
      }
      asMallory("DROP TRIGGER evil");
    }
    Persistence.open(config()).close();
  }

  @Test
  void aTriggerOfTheInstaller_isAccepted() {
    database.initOverJdbc();
    database.execute(
        List.of("CREATE TRIGGER noted AFTER INSERT ON task_queues FOR EACH ROW SET @a = 1"));

    database.initOverJdbc();
    Persistence.schemaOf(config()).migrate();
    Persistence.open(config()).close();
  }
}
