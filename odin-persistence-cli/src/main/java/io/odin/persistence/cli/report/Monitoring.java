package io.odin.persistence.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.odin.persistence.Credentials;
import io.odin.persistence.PersistenceConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Runs the monitoring queries over a plain JDBC connection, as a dashboard or a DBA does. Not
 * thread-safe.
 */
public final class Monitoring implements AutoCloseable {

  private final String backend;
  private final Connection connection;

  private Monitoring(String backend, Connection connection) {
    this.backend = backend;
    this.connection = connection;
  }

  /**
   * Connects.
   *
   * @param backend the name of the backend, which decides the text of the queries
   * @throws SQLException if the database refuses
   */
  public static Monitoring connect(String backend, PersistenceConfig config) throws SQLException {
    Properties properties = new Properties();
    Credentials credentials = config.credentials().get();
    if (!credentials.username().isEmpty()) {
      properties.setProperty("user", credentials.username());
    }
    if (!credentials.password().isEmpty()) {
      properties.setProperty("password", credentials.password());
    }
    // For a database whose times have no zone; other drivers ignore the property.
    properties.setProperty("connectionTimeZone", "UTC");
    return new Monitoring(backend, DriverManager.getConnection(config.url(), properties));
  }

  /**
   * Runs a query.
   *
   * @throws SQLException if the database refuses
   */
  public Table ask(MonitoringQuery query) throws SQLException {
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
