package io.odin.persistence.mysql;

import static org.awaitility.Awaitility.await;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.tck.database.CommitPart;
import io.odin.persistence.tck.database.DeleteRecorder;
import io.odin.persistence.tck.database.Fault;
import io.odin.persistence.tck.database.Isolation;
import io.odin.persistence.tck.database.JdbcSqlFunctions;
import io.odin.persistence.tck.database.JdbcTckDatabase;
import io.odin.persistence.tck.database.SqlFunctions;
import io.odin.persistence.tck.database.WriteFailure;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A database on a server of the tests. The stores have an account of its own, the kit another. */
public final class MySqlTckDatabase extends JdbcTckDatabase {

  private static final String SESSIONS =
      "SELECT processlist_id FROM performance_schema.threads WHERE processlist_user = ?";

  private final String name;

  MySqlTckDatabase(String name) {
    super(PersistenceConfig.builder(TestMySql.url(name)).credentials(name, name).build());
    this.name = name;
  }

  @Override
  public Connection connect() throws SQLException {
    return TestMySql.connect(name);
  }

  @Override
  protected void bind(PreparedStatement statement, int index, UUID value) throws SQLException {
    statement.setBytes(
        index,
        ByteBuffer.allocate(16)
            .putLong(value.getMostSignificantBits())
            .putLong(value.getLeastSignificantBits())
            .array());
  }

  @Override
  protected UUID uuid(ResultSet row, String column) throws SQLException {
    ByteBuffer bytes = ByteBuffer.wrap(row.getBytes(column));
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  @Override
  public Instant now() {
    return call(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery("SELECT SYSDATE(6)")) {
            rows.next();
            return rows.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC);
          }
        });
  }

  @Override
  public Fault failWrites(CommitPart part, WriteFailure failure, int times) {
    String signal =
        switch (failure) {
          case DEADLOCK -> "SQLSTATE '40001' SET MYSQL_ERRNO = 1213";
          case BROKEN -> "SQLSTATE '45000' SET MYSQL_ERRNO = 1644";
        };
    List<String> statements = new ArrayList<>();
    // An auto-increment goes on counting when the transaction that it fails is rolled back.
    statements.add("CREATE TABLE odin_tck_failures (id INT AUTO_INCREMENT PRIMARY KEY)");
    for (String event : List.of("INSERT", "UPDATE", "DELETE")) {
      statements.add(
          """
          CREATE TRIGGER odin_tck_fail_%1$s BEFORE %1$s ON %2$s FOR EACH ROW
          BEGIN
            INSERT INTO odin_tck_failures () VALUES ();
            IF LAST_INSERT_ID() <= %3$d THEN
              SIGNAL %4$s, MESSAGE_TEXT = 'the kit makes this write fail';
            END IF;
          END\
          """
              .formatted(event, table(part), times, signal));
    }
    execute(statements.toArray(String[]::new));
    return once(
        () ->
            execute(
                "DROP TRIGGER odin_tck_fail_INSERT",
                "DROP TRIGGER odin_tck_fail_UPDATE",
                "DROP TRIGGER odin_tck_fail_DELETE",
                "DROP TABLE odin_tck_failures"));
  }

  /** A table lock for which writers wait, and readers do not. */
  @Override
  public Fault stallWrites(CommitPart part) {
    return lock(part, "READ");
  }

  @Override
  public Fault stallReads(CommitPart part) {
    return lock(part, "WRITE");
  }

  private Fault lock(CommitPart part, String mode) {
    try {
      Connection holder = connect();
      try (Statement statement = holder.createStatement()) {
        statement.execute("LOCK TABLES %s %s".formatted(table(part), mode));
      } catch (SQLException e) {
        holder.close();
        throw e;
      }
      return once(() -> close(holder));
    } catch (SQLException e) {
      throw new IllegalStateException("the kit could not lock a table", e);
    }
  }

  private static void close(Connection holder) {
    try {
      holder.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the kit could not end a session", e);
    }
  }

  /** For rows, and for tables. */
  @Override
  public int waitingForLocks() {
    return TestMySql.numbers(
            """
            SELECT t.processlist_id
              FROM performance_schema.threads t
             WHERE t.processlist_db = ?
               AND (t.processlist_state LIKE 'Waiting for % lock'
                    OR t.thread_id IN (SELECT w.requesting_thread_id
                                         FROM performance_schema.data_lock_waits w))\
            """,
            name)
        .size();
  }

  @Override
  public void killConnections() {
    kill(TestMySql.numbers(SESSIONS, name));
  }

  private void kill(List<Long> sessions) {
    for (Long session : sessions) {
      try {
        TestMySql.execute("KILL " + session);
      } catch (IllegalStateException e) {
        // It has ended by itself meanwhile.
      }
    }
    await().until(() -> TestMySql.numbers(SESSIONS, name).stream().noneMatch(sessions::contains));
  }

  @Override
  public int sessions() {
    return TestMySql.numbers(
            "SELECT processlist_id FROM performance_schema.threads WHERE processlist_db = ?", name)
        .size();
  }

  @Override
  public DeleteRecorder recordDeletes(CommitPart part) {
    execute(
        "CREATE TABLE odin_tck_deletes (transaction_id BIGINT NOT NULL)",
        """
        CREATE TRIGGER odin_tck_count AFTER DELETE ON %s FOR EACH ROW
        INSERT INTO odin_tck_deletes
        SELECT x.thread_id * 1000000 + x.event_id
          FROM performance_schema.events_transactions_current AS x
         WHERE x.thread_id = PS_CURRENT_THREAD_ID()\
        """
            .formatted(table(part)));
    return new DeleteRecorder() {
      @Override
      public long largestTransaction() {
        return number(
            """
            SELECT max(events) FROM (SELECT count(*) AS events FROM odin_tck_deletes
                                     GROUP BY transaction_id) AS each_transaction\
            """);
      }

      @Override
      public long total() {
        return number("SELECT count(*) FROM odin_tck_deletes");
      }

      @Override
      public void close() {
        execute("DROP TRIGGER odin_tck_count", "DROP TABLE odin_tck_deletes");
      }
    };
  }

  private long number(String query) {
    return call(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
          }
        });
  }

  /** The kit takes the only connection that the account may have. */
  @Override
  public Fault outage() {
    List<Long> sessions = TestMySql.numbers(SESSIONS, name);
    Connection only = connectAsStore();
    limitConnections(1);
    kill(sessions);
    return once(
        () -> {
          limitConnections(10_000);
          close(only);
        });
  }

  private Connection connectAsStore() {
    try {
      return DriverManager.getConnection(config().url(), name, name);
    } catch (SQLException e) {
      throw new IllegalStateException("the kit could not connect", e);
    }
  }

  private void limitConnections(int maximum) {
    TestMySql.execute("ALTER USER %s WITH MAX_USER_CONNECTIONS %d".formatted(name, maximum));
  }

  @Override
  public Fault isolateByDefault(Isolation isolation) {
    TestMySql.execute(
        "SET GLOBAL transaction_isolation = '%s'"
            .formatted(
                switch (isolation) {
                  case REPEATABLE_READ -> "REPEATABLE-READ";
                  case SERIALIZABLE -> "SERIALIZABLE";
                }));
    return once(() -> TestMySql.execute("SET GLOBAL transaction_isolation = DEFAULT"));
  }

  /**
   * The end of the request's head, which no other request with that word has, and the text. Since
   * 8.0.23 the head ends with the attributes, of which there are none. Or the end of a text of
   * several statements.
   */
  @Override
  public String commitRequest() {
    return "\u0003(\u0000\u0001)?COMMIT|;\nCOMMIT";
  }

  /** The statement commits itself, on a connection that was not used for a transaction. */
  @Override
  public String writeRequest(String value) {
    return value;
  }

  @Override
  public String pollRequest(String worker) {
    return commitRequest();
  }

  @Override
  public SqlFunctions sqlFunctions() {
    return new JdbcSqlFunctions(this, "CALL");
  }

  @Override
  public void close() {
    TestMySql.execute("DROP DATABASE IF EXISTS " + name, "DROP USER IF EXISTS " + name);
  }
}
