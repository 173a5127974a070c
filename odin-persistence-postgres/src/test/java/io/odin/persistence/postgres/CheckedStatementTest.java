package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.odin.persistence.sql.statement.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckedStatementTest {

  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = TestPostgres.V14.database().connect();
    execute("CREATE TEMPORARY TABLE numbers (number int PRIMARY KEY)");
    execute("INSERT INTO numbers VALUES (1), (2)");
    execute("CREATE TEMPORARY TABLE written (number int)");
    connection.setAutoCommit(false);
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select number from numbers for share",
        "UPDATE numbers SET number = number + 10",
        "DELETE FROM numbers WHERE number < 3",
        "WITH deleted AS (\n  DELETE FROM numbers RETURNING number\n)\nSELECT number FROM deleted",
        "INSERT INTO numbers VALUES (2), (3), (4) ON CONFLICT DO NOTHING"
      })
  void anotherCountThanExpected_endsTheTransaction(String text) throws SQLException {
    CheckedStatement checked = CheckedStatement.of(Sql.of("test", text));

    assertThat(checked.takesCount()).isTrue();
    assertThat(isCommitted(checked.text(), 1)).isFalse();
    assertThat(count("numbers")).isEqualTo(2);
    assertThat(isCommitted(checked.text(), 3)).isFalse();
    assertThat(isCommitted(checked.text(), 2)).isTrue();
  }

  @Test
  void aRowThatIsThere_endsTheTransaction() throws SQLException {
    String insert = "INSERT INTO numbers SELECT 2";
    Sql insertNew = Sql.insertNew("test", insert + "\nON CONFLICT DO NOTHING", insert);

    CheckedStatement checked = CheckedStatement.of(insertNew);

    assertThat(checked.takesCount()).isFalse();
    assertThat(isCommitted(checked.text())).isFalse();
    execute("DELETE FROM numbers WHERE number = 2");
    connection.commit();
    assertThat(isCommitted(checked.text())).isTrue();
  }

  @Test
  void anotherError_isNoMissedRow() {
    SQLException failure =
        catchThrowableOfType(
            SQLException.class, () -> execute("INSERT INTO numbers VALUES (NULL)"));

    assertThat(CheckedStatement.isMissed(failure)).isFalse();
  }

  /** Sends a statement that writes, the checked one and COMMIT, as a commit does. */
  private boolean isCommitted(String text, long... expected) throws SQLException {
    long before = count("written");
    String together = "INSERT INTO written VALUES (1);\n" + text + ";\nCOMMIT";
    try (PreparedStatement statement = connection.prepareStatement(together)) {
      for (int i = 0; i < expected.length; i++) {
        statement.setLong(i + 1, expected[i]);
      }
      statement.execute();
    } catch (SQLException e) {
      assertThat(CheckedStatement.isMissed(e)).as(e.getMessage()).isTrue();
    } finally {
      connection.rollback();
    }
    return count("written") > before;
  }

  private long count(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
      result.next();
      return result.getLong(1);
    } finally {
      connection.rollback();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
