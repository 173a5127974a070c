package io.odin.persistence.mysql;

import io.odin.persistence.sql.statement.BulkStatements;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.RowShape.Column;
import io.odin.persistence.sql.statement.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * The rows of a statement come as one JSON document, so that there is one prepared statement. To a
 * statement, {@code r} is a row of the document, {@code new} a row to be inserted, and {@code t}
 * one that is stored.
 */
final class MySqlBulkStatements implements BulkStatements {

  private final Renderer renderer;

  MySqlBulkStatements(Renderer renderer) {
    this.renderer = renderer;
  }

  /**
   * Inserts rows; where a row exists, sets its key to the value that it has. IGNORE would skip such
   * rows too, but it would also ignore every other error.
   */
  @Override
  public Sql insertNew(String name, RowShape rows) {
    String key = rows.table() + "." + rows.key().getFirst().getName();
    return Sql.of(name, guardedInsert(rows) + "\nON DUPLICATE KEY UPDATE " + key + " = " + key);
  }

  private static String guardedInsert(RowShape rows) {
    if (rows.guard().isEmpty()) {
      return insert(rows);
    }
    String guard = rows.guard().get();
    return rows.columns().isEmpty()
        ? "INSERT INTO %s (%s)\nSELECT %s\n  FROM DUAL\n WHERE %s"
            .formatted(rows.table(), rows.columnNames(), values(rows), guard)
        : insert(rows) + "\n WHERE " + guard;
  }

  @Override
  public Sql upsert(String name, RowShape rows, List<Field<?>> updated) {
    return upserting(name, rows, updated);
  }

  static Sql upserting(String name, RowShape rows, List<Field<?>> updated) {
    return Sql.of(
        name,
        insert(rows)
            + updated.stream()
                .map(field -> "%1$s = new.%1$s".formatted(field.getName()))
                .collect(Collectors.joining(", ", "\nON DUPLICATE KEY UPDATE ", "")));
  }

  /** Assignments take effect one after the other: the version, which they all compare, is last. */
  @Override
  public Sql upsertNewer(String name, RowShape rows, Field<?> version) {
    List<Field<?>> assigned = new ArrayList<>();
    for (Column column : rows.shared()) {
      if (!rows.isKey(column) && !column.field().equals(version)) {
        assigned.add(column.field());
      }
    }
    assigned.add(version);
    String stored = rows.table() + ".";
    return Sql.of(
        name,
        insert(rows)
            + assigned.stream()
                .map(
                    field ->
                        "%1$s = IF(%2$s%3$s < new.%3$s, new.%1$s, %2$s%1$s)"
                            .formatted(field.getName(), stored, version.getName()))
                .collect(
                    Collectors.joining(",\n       ", "\nON DUPLICATE KEY UPDATE\n       ", "")));
  }

  @Override
  public Sql selectMatching(String name, RowShape rows, PayloadColumns selected) {
    String columns = renderer.selected(selected.columns());
    return Sql.of(name, "SELECT %s\n  FROM %s".formatted(columns, matching(rows, column -> true)));
  }

  @Override
  public Sql deleteMatching(String name, RowShape rows) {
    return Sql.of(name, "DELETE t\n  FROM " + matching(rows, column -> true));
  }

  @Override
  public Sql updateMatching(String name, RowShape rows, Condition condition) {
    String assignments =
        rows.join(
            ", ",
            column -> !rows.isKey(column),
            column -> assign(column, shared(column)),
            column -> assign(column, each(column)));
    return Sql.of(
        name,
        "UPDATE %s\n   SET %s\n WHERE %s"
            .formatted(matching(rows, rows::isKey), assignments, renderer.inOneLine(condition)));
  }

  private static String assign(Column column, String value) {
    return "t." + column.name() + " = " + value;
  }

  /** The stored rows that are equal in these columns, found one after the other by their keys. */
  private static String matching(RowShape rows, Predicate<Column> compared) {
    String conditions =
        rows.join(
            "\n   AND ",
            compared,
            column -> "t." + column.name() + " = :" + column.name(),
            column -> match(rows, column));
    return "%s\n  STRAIGHT_JOIN %s AS t\n    ON %s"
        .formatted(document(rows), rows.table(), conditions);
  }

  private static String match(RowShape rows, Column column) {
    String equal = "t.%s = %s".formatted(column.name(), each(column));
    return rows.isKey(column) ? equal : "(r.%s IS NULL OR %s)".formatted(column.name(), equal);
  }

  private static String insert(RowShape rows) {
    String values = values(rows);
    return rows.columns().isEmpty()
        ? "INSERT INTO %s (%s)\nVALUES (%s) AS new"
            .formatted(rows.table(), rows.columnNames(), values)
        : "INSERT INTO %s (%s)\nSELECT * FROM (\n  SELECT %s\n    FROM %s) AS new (%2$s)"
            .formatted(rows.table(), rows.columnNames(), values, document(rows));
  }

  private static String values(RowShape rows) {
    return rows.join(", ", column -> true, MySqlBulkStatements::shared, MySqlBulkStatements::each);
  }

  /**
   * The rows of the document as a table; a value that does not fit is an error. What is no array is
   * its own first element, and an empty array, which stands for null, has none.
   */
  static String document(RowShape rows) {
    List<String> columns = new ArrayList<>();
    for (Column column : rows.columns()) {
      columns.add(
          "%s %s PATH '$[%d][0]' ERROR ON ERROR"
              .formatted(column.name(), type(rows, column), columns.size()));
    }
    return "JSON_TABLE(:%s, '$[*]' COLUMNS (\n      %s)) AS r"
        .formatted(RowShape.ALL, String.join(",\n      ", columns));
  }

  private static String type(RowShape rows, Column column) {
    return switch (column.type()) {
      case UUID -> "CHAR(36) CHARACTER SET ascii";
      // A key as its column is: with another collation, no index would be used.
      case TEXT ->
          (rows.isKey(column) ? "VARCHAR(255)" : "LONGTEXT")
              + " CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin";
      case NUMBER, MICROSECONDS_FROM_NOW -> "BIGINT";
      case INTEGER -> "INT";
      case INSTANT -> "DATETIME(6)";
      case BOOLEAN -> "BOOLEAN";
      case BYTES -> "LONGTEXT CHARACTER SET ascii";
      case JSON -> "LONGTEXT CHARACTER SET utf8mb4";
    };
  }

  private static String shared(Column column) {
    return value(column, ":" + column.name());
  }

  private static String each(Column column) {
    String text = "r." + column.name();
    return switch (column.type()) {
      case UUID -> "UUID_TO_BIN(" + text + ")";
      case BYTES -> "FROM_BASE64(" + text + ")";
      default -> value(column, text);
    };
  }

  /** The time at which the statement began, so that all rows of a batch are of one moment. */
  private static String value(Column column, String value) {
    return column.type() == RowShape.Type.MICROSECONDS_FROM_NOW
        ? "UTC_TIMESTAMP(6) + INTERVAL " + value + " MICROSECOND"
        : value;
  }
}
