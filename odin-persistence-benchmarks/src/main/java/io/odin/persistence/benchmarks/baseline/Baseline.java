package io.odin.persistence.benchmarks.baseline;

import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.statement.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One plain connection, and how its driver is spoken to. The library's statements are taken from it
 * by name, so that the baseline sends the same text. Used by one thread.
 */
public abstract class Baseline {

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, Sql> statements;

  Baseline(Connection connection, Dialect dialect, List<Sql> all) {
    this.connection = connection;
    this.dialect = dialect;
    statements = new LinkedHashMap<>();
    all.forEach(sql -> statements.put(sql.name(), sql));
  }

  /** The connection. */
  public Connection connection() {
    return connection;
  }

  /** In whose words the statements are. */
  public Dialect dialect() {
    return dialect;
  }

  /**
   * A statement of the library; or several, where this database needs more than one for the same.
   *
   * @param name "taskQueues.complete"
   * @return in the order in which they are sent
   * @throws IllegalStateException if the library has none of that name (any more)
   */
  public List<Sql> named(String name) {
    Sql one = statements.get(name);
    List<Sql> named =
        one != null
            ? List.of(one)
            : statements.values().stream()
                .filter(sql -> sql.name().startsWith(name + "."))
                .toList();
    if (named.isEmpty()) {
      throw new IllegalStateException("the library has no statement " + name);
    }
    return named;
  }

  /** Prepares statements that are sent one after the other, as a whole. */
  public Prepared prepare(String... names) throws SQLException {
    return prepare(all(names));
  }

  private List<Sql> all(String... names) {
    return Arrays.stream(names).map(this::named).flatMap(List::stream).toList();
  }

  /**
   * Prepares the statements of a commit, in the forms that fail where a row is there already, as
   * the library sends them.
   *
   * @param lenient the statements that may leave out rows
   */
  public Prepared prepareCommit(Set<String> lenient, String... names) throws SQLException {
    return new Prepared(
        this,
        all(names),
        sql ->
            lenient.contains(sql.name())
                ? sql.jdbcText()
                : sql.strictText().orElseGet(sql::jdbcText));
  }

  /** Prepares statements that are sent one after the other, as a whole. */
  public Prepared prepare(List<Sql> sent) throws SQLException {
    return new Prepared(this, sent, Sql::jdbcText);
  }

  /** Commits, unless statements do it themselves. */
  public void commit() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }

  /** Takes back, unless statements commit themselves. */
  public void rollback() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
  }

  /** Begins a transaction on a connection whose statements commit themselves. */
  public abstract void begin() throws SQLException;

  /** Commits the transaction that was begun. */
  public abstract void end() throws SQLException;

  /** Which statements are sent as one text. */
  abstract List<List<Sql>> texts(List<Sql> sent);

  /** The rows of a statement that takes many. */
  abstract BaselineRows rows(Prepared prepared, List<Sql> statements, List<Column> columns);

  abstract void set(PreparedStatement statement, int index, UUID value) throws SQLException;

  abstract void set(PreparedStatement statement, int index, Instant value) throws SQLException;

  abstract void setJson(PreparedStatement statement, int index, String value) throws SQLException;

  /** Reads a UUID that is not null. */
  public abstract UUID uuid(ResultSet row, String column) throws SQLException;

  /** Reads a UUID, or null. */
  public @Nullable UUID uuidOrNull(ResultSet row, String column) throws SQLException {
    return row.getObject(column) == null ? null : uuid(row, column);
  }

  /** Reads an instant that is not null. */
  public abstract Instant instant(ResultSet row, String column) throws SQLException;
}
