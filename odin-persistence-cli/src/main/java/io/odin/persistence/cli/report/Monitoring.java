package io.odin.persistence.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.spi.Providers;
import io.odin.persistence.sql.SqlProvider;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the monitoring queries, as a dashboard or a DBA does. Not thread-safe. */
public final class Monitoring implements AutoCloseable {

  private final SqlProvider provider;
  private final String backend;
  private final Connection connection;

  private Monitoring(SqlProvider provider, Connection connection) {
    this.provider = provider;
    backend = provider.name();
    this.connection = connection;
  }

  /**
   * Connects, as the library does, to a session in which queries are planned as usual.
   *
   * @throws io.odin.persistence.error.PersistenceException if the database refuses
   */
  public static Monitoring connect(PersistenceConfig config) {
    if (Providers.find(config) instanceof SqlProvider provider) {
      return new Monitoring(provider, provider.connect(config));
    }
    throw new UnsupportedOperationException("the backend has no tables to ask");
  }

  /**
   * Runs a query. The title of the result says what the account may not see.
   *
   * @throws SQLException if the database refuses for another reason than a missing privilege
   */
  public Table ask(MonitoringQuery query) throws SQLException {
    try {
      Table seen = rows(query);
      Optional<String> unseen = unseen(query);
      return unseen.isPresent()
          ? new Table(titled(query, unseen.get()), seen.columns(), seen.rows())
          : seen;
    } catch (SQLException e) {
      if (!provider.isDenied(e)) {
        throw e;
      }
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return new Table(titled(query, message), List.of("not_seen"), List.of());
    }
  }

  private static String titled(MonitoringQuery query, String unseen) {
    return query.title() + " (not seen: " + unseen + ")";
  }

  private Optional<String> unseen(MonitoringQuery query) throws SQLException {
    Optional<String> sql = query.unseenSql(backend);
    if (sql.isEmpty()) {
      return sql;
    }
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql.get())) {
      return result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
    }
  }

  private Table rows(MonitoringQuery query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query.sql(backend))) {
      ResultSetMetaData shape = result.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= shape.getColumnCount(); i++) {
        columns.add(shape.getColumnLabel(i));
      }
      List<List<JsonNode>> rows = new ArrayList<>();
      while (result.next()) {
        List<JsonNode> row = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
          row.add(cell(result, i, shape.getColumnType(i)));
        }
        rows.add(row);
      }
      return new Table(query.title(), columns, rows);
    }
  }

  private static JsonNode cell(ResultSet result, int column, int type) throws SQLException {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    String text = result.getString(column);
    if (text == null) {
      return nodes.nullNode();
    }
    return switch (type) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          nodes.numberNode(result.getLong(column));
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
          nodes.textNode(
              result
                  .getObject(column, OffsetDateTime.class)
                  .toInstant()
                  .truncatedTo(ChronoUnit.MILLIS)
                  .toString());
      default -> nodes.textNode(text);
    };
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
