package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.schema.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that refuses tables without a primary key, as a group of servers does. */
class RequiredPrimaryKeysTest {

  private final MySqlTckDatabase database = TestMySql.database();
  private final Schema schema = Persistence.schemaOf(database.config());

  @BeforeEach
  void requireKeys() {
    TestMySql.execute("SET GLOBAL sql_require_primary_key = ON");
  }

  @AfterEach
  void drop() {
    TestMySql.execute("SET GLOBAL sql_require_primary_key = OFF");
    database.close();
  }

  private void assertEveryTableHasAKey() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT t.TABLE_NAME FROM information_schema.TABLES AS t
                 WHERE t.TABLE_SCHEMA = '%1$s' AND t.TABLE_TYPE = 'BASE TABLE'
                   AND t.TABLE_NAME NOT IN
                       (SELECT s.TABLE_NAME FROM information_schema.STATISTICS AS s
                         WHERE s.TABLE_SCHEMA = '%1$s' AND s.INDEX_NAME = 'PRIMARY')\
                """
                    .formatted(connection.getCatalog()))) {
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void migrate_onAnEmptyDatabase_succeeds() throws SQLException {
    assertThat(schema.migrate().isCurrent()).isTrue();

    assertEveryTableHasAKey();
    assertThat(schema.migrate().isCurrent()).isTrue();
    Persistence.open(database.config()).close();
  }

  /** As at a later release, which has changes that the database does not have. */
  @Test
  void migrate_withPendingChanges_succeeds() throws SQLException {
    schema.migrate();
    database.execute(
        "DELETE FROM odin_schema", "DELETE FROM DATABASECHANGELOG WHERE id >= '07_timers'");

    assertThat(schema.migrate().isCurrent()).isTrue();
    assertEveryTableHasAKey();
  }

  @Test
  void migrate_whereLiquibaseHasMadeItsTableWithoutAKey_addsOne() throws SQLException {
    TestMySql.execute("SET GLOBAL sql_require_primary_key = OFF");
    schema.migrate();
    database.execute(
        "DELETE FROM odin_schema",
        "DELETE FROM DATABASECHANGELOG WHERE id >= '07_timers'",
        "ALTER TABLE DATABASECHANGELOG DROP PRIMARY KEY");
    requireKeys();

    assertThat(schema.migrate().isCurrent()).isTrue();
    assertEveryTableHasAKey();
  }
}
