package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.sql.connection.JdbcUrl;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several statements as one text, on a connection as those of the pool. */
class MySqlPipelineTest {

  private static final Duration FAR = Duration.ofMillis(1);
  private static final Sql INSERT =
      Sql.of("notes.insert", "INSERT INTO notes (title, content) VALUES (:title, :content)");
  private static final Sql READ = Sql.of("notes.read", "SELECT title FROM notes FOR SHARE");

  /** What would end a literal or the text if it were not written as a value. */
  private static final List<String> HOSTILE =
      List.of(
          "'; DROP TABLE notes; -- ",
          "\\'; DROP TABLE notes; -- ",
          "\\\\'; DROP TABLE notes; -- ",
          "\\",
          "'",
          "''",
          "\"; DROP TABLE notes; -- ",
          "`; DROP TABLE notes; -- ",
          "*/; DROP TABLE notes; /*",
          "? :title ; COMMIT",
          "\0'; DROP TABLE notes; -- ",
          "\n'\r\t\u001a\b",
          // In GBK and SJIS, the last byte of these is a backslash.
          "\u7e17'; DROP TABLE notes; -- ",
          "\u8868'; DROP TABLE notes; -- ",
          "\u00bf'; DROP TABLE notes; -- ",
          "\u00a5'; DROP TABLE notes; -- ",
          "\u20a9'; DROP TABLE notes; -- ",
          "\uff07; DROP TABLE notes; -- ",
          "\ud83d\ude00'; DROP TABLE notes; -- ");

  private final MySqlTckDatabase database = TestMySql.database();
  private final MySqlPipeline pipeline = new MySqlPipeline(new MySqlJdbcTypes(), Duration.ZERO);

  @BeforeEach
  void createTable() throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE notes (title LONGTEXT CHARACTER SET utf8mb4, content LONGBLOB)");
      statement.execute("CREATE TABLE readers (reader INT PRIMARY KEY)");
      statement.execute("INSERT INTO readers VALUES (1)");
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** As the pool connects. */
  private Connection connect(String parameters) throws SQLException {
    PersistenceConfig config = database.config();
    Properties properties = new Properties();
    properties.putAll(MySqlConnector.PROPERTIES);
    properties.putAll(MySqlPipeline.PROPERTIES);
    properties.setProperty("user", config.credentials().get().username());
    properties.setProperty("password", config.credentials().get().password());
    Connection connection = DriverManager.getConnection(config.url() + parameters, properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute(new MySqlConnector().sessionSettings(config));
    }
    return connection;
  }

  private static Step insert(String title) {
    Bytes content = Bytes.copyOf(title.getBytes(StandardCharsets.UTF_8));
    return Step.change(INSERT, Binds.of("title", title).and("content", content));
  }

  private List<String> titles(Connection connection) throws SQLException {
    Step read = Step.query(READ, Binds.none(), row -> row.text("title"));
    return pipeline.run(connection, List.of(read), FAR).getFirst().rows(String.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&connectionCollation=utf8mb4_general_ci",
        "&characterSetResults=utf8mb4",
        "&sessionVariables=character_set_client=utf8mb4,sql_mode=ANSI_QUOTES"
      })
  void valuesOfAText_arriveAsTheyAre_andEndNoStatement(String parameters) throws SQLException {
    try (Connection connection = connect(parameters)) {
      assertThat(pipeline.roundTrip(connection)).isPositive();
      List<Step> inserts = HOSTILE.stream().map(MySqlPipelineTest::insert).toList();

      List<Step.Result> results = pipeline.run(connection, inserts, FAR);

      assertThat(results).hasSameSizeAs(HOSTILE).allMatch(result -> result.count() == 1);
      assertThat(titles(connection)).containsExactlyElementsOf(HOSTILE);
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT content FROM notes")) {
        for (String title : HOSTILE) {
          rows.next();
          assertThat(rows.getBytes(1)).isEqualTo(title.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gbk_chinese_ci", "sjis_japanese_ci", "latin1_swedish_ci"})
  void aConnectionWithAnotherCharset_isUsedAsOneToAServerThatIsNear(String collation)
      throws SQLException {
    try (Connection connection = connect("&connectionCollation=" + collation)) {
      assertThat(pipeline.roundTrip(connection)).isZero();
    }
  }

  /** The driver reads the server's setting when it connects; the stores set the session's. */
  @Test
  void aConnectionWhoseDriverKnowsAnotherSqlMode_isUsedAsOneToAServerThatIsNear()
      throws SQLException {
    try (Connection ordinary = connect("");
        Connection root = TestMySql.connect("");
        Statement statement = root.createStatement()) {
      String before;
      try (ResultSet row = statement.executeQuery("SELECT @@GLOBAL.sql_mode")) {
        row.next();
        before = row.getString(1);
      }
      statement.execute("SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES'");
      try (Connection other = connect("")) {
        assertThat(pipeline.roundTrip(ordinary)).isPositive();
        assertThat(pipeline.roundTrip(other)).isZero();
      } finally {
        statement.execute("SET GLOBAL sql_mode = '" + before + "'");
      }
    }
  }

  @Test
  void commit_appliesAllOrNothing_inEitherMode() throws SQLException {
    try (Connection connection = connect("")) {
      for (boolean autocommit : List.of(true, false)) {
        connection.setAutoCommit(autocommit);
        assertThat(pipeline.commit(connection, expecting(1), FAR)).isTrue();
        assertThat(titles(connection)).containsExactly("a", "b");
        connection.setAutoCommit(autocommit);
        assertThat(pipeline.commit(connection, expecting(2), FAR)).isFalse();
        assertThat(titles(connection)).containsExactly("a", "b");
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
          statement.execute("DELETE FROM notes");
        }
      }
    }
  }

  /** The server takes back only the statement that has waited for a lock, not those before it. */
  @Test
  void commit_thatFailsWithinItsText_leavesNothing_inEitherMode() throws SQLException {
    Sql update = Sql.of("readers.update", "UPDATE readers SET reader = :reader");
    List<ExpectedStep> steps =
        List.of(
            ExpectedStep.unchecked(insert("a")),
            ExpectedStep.unchecked(Step.change(update, Binds.of("reader", 2))));
    try (Connection connection = connect("");
        Statement settings = connection.createStatement();
        Connection other = connect("");
        Statement statement = other.createStatement()) {
      settings.execute("SET innodb_lock_wait_timeout = 1");
      other.setAutoCommit(false);
      statement.execute("SELECT * FROM readers FOR UPDATE");
      for (boolean autocommit : List.of(true, false)) {
        connection.setAutoCommit(autocommit);

        assertThatThrownBy(() -> pipeline.commit(connection, steps, FAR))
            .isInstanceOf(SQLException.class);
        connection.rollback();

        assertThat(titles(connection)).isEmpty();
        connection.rollback();
      }
      other.rollback();
      assertThat(pipeline.commit(connection, steps, FAR)).isTrue();
      assertThat(titles(connection)).containsExactly("a");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"allowMultiQueries", "defaultFetchSize", "useLocalTransactionState"})
  void whatDecidesHowATextEnds_isNotForAUrl(String parameter) {
    PersistenceConfig config =
        PersistenceConfig.builder(database.config().url() + "&" + parameter + "=1").build();
    MySqlDialect dialect = new MySqlDialect();

    assertThatThrownBy(() -> JdbcUrl.of(config, dialect.connector()))
        .isInstanceOf(BackendFailureException.class)
        .hasMessageContaining(parameter);
  }

  private static List<ExpectedStep> expecting(long count) {
    return List.of(
        ExpectedStep.unchecked(insert("a")),
        new ExpectedStep(insert("b"), count, session -> Optional.empty()));
  }

  @Test
  void commit_locksWhatAQueryOfItLocks_andNothingElse() throws SQLException {
    try (Connection connection = connect("");
        Connection other = TestMySql.connect("");
        Statement statement = other.createStatement()) {
      pipeline.run(connection, List.of(insert("a")), FAR);
      connection.setAutoCommit(false);
      Sql locking =
          Sql.of("notes.lock", "SELECT title FROM notes AS n JOIN readers FOR SHARE OF n");
      Step read = Step.query(locking, Binds.none(), row -> row.text("title"));
      String counted = CountedStatement.of(new ExpectedStep(read, 1, session -> Optional.empty()));
      try (PreparedStatement check = connection.prepareStatement(counted)) {
        check.setLong(1, 1);
        check.execute();
      }

      try (ResultSet locks =
          statement.executeQuery(
              """
              SELECT GROUP_CONCAT(DISTINCT object_name) FROM performance_schema.data_locks
               WHERE object_schema = '%s' AND lock_type = 'RECORD' AND lock_mode LIKE 'S%%'
              """
                  .formatted(connection.getCatalog()))) {
        locks.next();
        assertThat(locks.getString(1)).isEqualTo("notes");
      }
      connection.rollback();
    }
  }

  @Test
  void commit_ofMoreThanATextTakes_orNear_isLeftToOthers() throws SQLException {
    try (Connection connection = connect("")) {
      List<ExpectedStep> large = List.of(ExpectedStep.unchecked(insert("x".repeat(1 << 20))));

      assertThat(pipeline.commit(connection, large, FAR)).isFalse();
      assertThat(pipeline.commit(connection, expecting(1), Duration.ZERO)).isFalse();
      assertThat(titles(connection)).isEmpty();
    }
  }

  @Test
  void severalStatements_areNoStatement() {
    assertThatThrownBy(() -> Sql.of("two", "SELECT 1; DROP TABLE notes"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sql.of("two", "SELECT ';', ''';'; SELECT 2"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Sql.of("one", "SELECT ';', ''';'").jdbcText()).isEqualTo("SELECT ';', ''';'");
  }

  @Test
  void connectionsThatAreNotThePools_takeOneStatementOnly() throws SQLException {
    assertThat(new MySqlDialect().driverProperties(database.config()))
        .doesNotContainKeys(MySqlPipeline.PROPERTIES.keySet().toArray(String[]::new));
    Properties properties = new Properties();
    properties.putAll(new MySqlDialect().driverProperties(database.config()));
    properties.putAll(
        Map.of(
            "user", database.config().credentials().get().username(),
            "password", database.config().credentials().get().password()));
    try (Connection connection = DriverManager.getConnection(database.config().url(), properties);
        PreparedStatement statement = connection.prepareStatement("SELECT ?; SELECT 2")) {
      statement.setString(1, "a");
      assertThatThrownBy(statement::execute).isInstanceOf(SQLException.class);
    }
  }
}
