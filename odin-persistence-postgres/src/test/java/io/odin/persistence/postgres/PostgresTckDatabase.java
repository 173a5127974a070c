package io.odin.persistence.postgres;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.tck.database.CommitPart;
import io.odin.persistence.tck.database.DeleteRecorder;
import io.odin.persistence.tck.database.Fault;
import io.odin.persistence.tck.database.Isolation;
import io.odin.persistence.tck.database.JdbcSqlFunctions;
import io.odin.persistence.tck.database.JdbcTckDatabase;
import io.odin.persistence.tck.database.SqlFunctions;
import io.odin.persistence.tck.database.WriteFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A database on a server of the tests. */
public final class PostgresTckDatabase extends JdbcTckDatabase {

  // Distinguishes the kit's own sessions from those of the stores.
  private static final String KIT = "odin-tck";

  private final PostgresServer server;
  private final String name;

  public PostgresTckDatabase(PostgresServer server, String name) {
    super(
        PersistenceConfig.builder(server.url(name))
            .credentials(server.superuser().username(), server.superuser().password())
            .build());
    this.server = server;
    this.name = name;
  }

  public PostgresServer server() {
    return server;
  }

  public String name() {
    return name;
  }

  /** Gives all new sessions a setting. */
  public PostgresTckDatabase with(String setting, String value) {
    server.execute("ALTER DATABASE %s SET %s = '%s'".formatted(name, setting, value));
    return this;
  }

  @Override
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", server.superuser().username());
    properties.setProperty("password", server.superuser().password());
    properties.setProperty("ApplicationName", KIT);
    return DriverManager.getConnection(config().url(), properties);
  }

  /** The first column of the only row of a query. */
  public <T> T value(String query, Class<T> type) {
    return column(query, type).getFirst();
  }

  /** The first column of a query, as text. */
  public List<String> lines(String query) {
    return column(query, String.class);
  }

  private <T> List<T> column(String query, Class<T> type) {
    return call(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(query)) {
            List<T> values = new ArrayList<>();
            while (rows.next()) {
              values.add(rows.getObject(1, type));
            }
            return values;
          }
        });
  }

  @Override
  public Instant now() {
    return value("SELECT clock_timestamp()", OffsetDateTime.class).toInstant();
  }

  @Override
  public Fault failWrites(CommitPart part, WriteFailure failure, int times) {
    String state =
        switch (failure) {
          case DEADLOCK -> "40P01";
          case BROKEN -> "XX000";
        };
    // A sequence goes on counting when the transaction that it fails is rolled back.
    execute(
        "CREATE SEQUENCE odin_tck_failures",
        """
        CREATE FUNCTION odin_tck_fail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          IF nextval('odin_tck_failures') <= %d THEN
            RAISE EXCEPTION 'the kit makes this write fail' USING ERRCODE = '%s';
          END IF;
          RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END $$\
        """
            .formatted(times, state),
        """
        CREATE TRIGGER odin_tck_fail BEFORE INSERT OR UPDATE OR DELETE ON %s
        FOR EACH ROW EXECUTE FUNCTION odin_tck_fail()\
        """
            .formatted(table(part)));
    return once(
        () -> execute("DROP FUNCTION odin_tck_fail CASCADE", "DROP SEQUENCE odin_tck_failures"));
  }

  /** A table lock for which writers wait, and readers do not. */
  @Override
  public Fault stallWrites(CommitPart part) {
    return lock(part, "SHARE");
  }

  @Override
  public Fault stallReads(CommitPart part) {
    return lock(part, "ACCESS EXCLUSIVE");
  }

  private Fault lock(CommitPart part, String mode) {
    try {
      Connection holder = connect();
      try (Statement statement = holder.createStatement()) {
        holder.setAutoCommit(false);
        statement.execute("LOCK TABLE %s IN %s MODE".formatted(table(part), mode));
      } catch (SQLException e) {
        holder.close();
        throw e;
      }
      return once(() -> end(holder));
    } catch (SQLException e) {
      throw new IllegalStateException("the kit could not lock a table", e);
    }
  }

  private static void end(Connection holder) {
    try (holder) {
      holder.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException("the kit could not unlock a table", e);
    }
  }

  @Override
  public int waitingForLocks() {
    return value(
        """
        SELECT count(*)::int FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'\
        """,
        Integer.class);
  }

  @Override
  public void killConnections() {
    execute(
        """
        SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND application_name <> '%s'\
        """
            .formatted(KIT));
  }

  @Override
  public int sessions() {
    return value(
        """
        SELECT count(*)::int FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()\
        """,
        Integer.class);
  }

  @Override
  public DeleteRecorder recordDeletes(CommitPart part) {
    execute(
        "CREATE TABLE odin_tck_deletes (transaction_id bigint, event_count bigint)",
        """
        CREATE FUNCTION odin_tck_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          INSERT INTO odin_tck_deletes SELECT txid_current(), count(*) FROM deleted;
          RETURN NULL;
        END $$\
        """,
        """
        CREATE TRIGGER odin_tck_count AFTER DELETE ON %s REFERENCING OLD TABLE AS deleted
        FOR EACH STATEMENT EXECUTE FUNCTION odin_tck_count()\
        """
            .formatted(table(part)));
    return new DeleteRecorder() {
      @Override
      public long largestTransaction() {
        return value(
            """
            SELECT max(events) FROM (SELECT sum(event_count)::bigint AS events FROM odin_tck_deletes
                                     GROUP BY transaction_id) AS each\
            """,
            Long.class);
      }

      @Override
      public long total() {
        return value("SELECT sum(event_count)::bigint FROM odin_tck_deletes", Long.class);
      }

      @Override
      public void close() {
        execute("DROP FUNCTION odin_tck_count CASCADE", "DROP TABLE odin_tck_deletes");
      }
    };
  }

  @Override
  public Fault outage() {
    server.execute(
        "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false",
        """
        SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
        WHERE datname = '%s' AND backend_type = 'client backend'\
        """
            .formatted(name));
    return once(() -> server.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true"));
  }

  @Override
  public Fault isolateByDefault(Isolation isolation) {
    with(
        "default_transaction_isolation",
        switch (isolation) {
          case REPEATABLE_READ -> "repeatable read";
          case SERIALIZABLE -> "serializable";
        });
    return once(
        () -> server.execute("ALTER DATABASE " + name + " RESET default_transaction_isolation"));
  }

  @Override
  public String commitRequest() {
    return "COMMIT";
  }

  /** The statement commits itself. */
  @Override
  public String writeRequest(String value) {
    return value;
  }

  @Override
  public String pollRequest(String worker) {
    return writeRequest(worker);
  }

  @Override
  public SqlFunctions sqlFunctions() {
    return new JdbcSqlFunctions(this, "SELECT * FROM");
  }

  @Override
  public void close() {
    server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }
}
