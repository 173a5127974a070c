package io.odin.persistence.postgres;

import io.odin.persistence.sql.statement.BulkStatements;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.RowShape.Column;
import io.odin.persistence.sql.statement.Sql;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;

/** Each column of the rows comes as one array, so that there is one prepared statement. */
final class PostgresBulkStatements implements BulkStatements {

  private static final String UNLESS_THERE = "\nON CONFLICT DO NOTHING";

  private final Renderer renderer;

  PostgresBulkStatements(Renderer renderer) {
    this.renderer = renderer;
  }

  @Override
  public Sql insertNew(String name, RowShape rows) {
    String strict = insert(rows);
    return rows.guard().isPresent()
        ? Sql.of(name, strict + " WHERE " + rows.guard().get() + UNLESS_THERE)
        : Sql.insertNew(name, strict + UNLESS_THERE, strict);
  }

  private static String insert(RowShape rows) {
    String selected =
        rows.join(
            ", ",
            column -> true,
            column -> convert(column, cast(column)),
            column -> convert(column, "r." + column.name()));
    return "INSERT INTO %s (%s)\nSELECT %s%s"
        .formatted(rows.table(), rows.columnNames(), selected, source(rows, "\n  FROM "));
  }

  @Override
  public Sql upsert(String name, RowShape rows, List<Field<?>> updated) {
    return Sql.of(name, upsert(rows, updated));
  }

  private static String upsert(RowShape rows, List<Field<?>> updated) {
    String assignments =
        updated.stream()
            .map(field -> field.getName() + " = excluded." + field.getName())
            .collect(Collectors.joining(", "));
    return "%s\nON CONFLICT (%s) DO UPDATE SET %s"
        .formatted(insert(rows), rows.keyNames(), assignments);
  }

  @Override
  public Sql updateMatching(String name, RowShape rows, Condition condition) {
    String assignments =
        rows.join(
            ", ",
            column -> !rows.isKey(column),
            column -> column.name() + " = " + convert(column, cast(column)),
            column -> column.name() + " = r." + column.name());
    return Sql.of(
        name,
        "UPDATE %s AS t\n   SET %s%s\n WHERE %s AND %s"
            .formatted(
                rows.table(),
                assignments,
                matched(rows, "\n  FROM "),
                matching(rows, rows::isKey),
                renderer.inOneLine(condition)));
  }

  @Override
  public Sql upsertNewer(String name, RowShape rows, Field<?> version) {
    List<Field<?>> updated =
        rows.shared().stream()
            .<Field<?>>map(Column::field)
            .filter(field -> !rows.key().contains(field))
            .toList();
    return Sql.of(
        name,
        "%s\n WHERE %s.%3$s < excluded.%3$s"
            .formatted(upsert(rows, updated), rows.table(), version.getName()));
  }

  @Override
  public Sql selectMatching(String name, RowShape rows, PayloadColumns selected) {
    String columns = renderer.selected(selected.columns());
    return Sql.of(
        name,
        "SELECT %s\n  FROM %s AS t%s\n WHERE %s"
            .formatted(
                columns,
                rows.table(),
                matched(rows, "\n CROSS JOIN "),
                matching(rows, column -> true)));
  }

  @Override
  public Sql deleteMatching(String name, RowShape rows) {
    return Sql.of(
        name,
        "DELETE FROM %s AS t%s\n WHERE %s"
            .formatted(rows.table(), matched(rows, "\n USING "), matching(rows, column -> true)));
  }

  private static String matching(RowShape rows, Predicate<Column> compared) {
    return rows.join(
        " AND ",
        compared,
        column -> "t.%1$s = :%1$s".formatted(column.name()),
        column -> match(rows, column));
  }

  private static String match(RowShape rows, Column column) {
    String equal = "t.%1$s = r.%1$s".formatted(column.name());
    // Said twice for a key: by the array, the index finds the rows even under a hash join.
    return rows.isKey(column)
        ? "t.%s = ANY(%s[]) AND %s".formatted(column.name(), cast(column), equal)
        : "(r.%s IS NULL OR %s)".formatted(column.name(), equal);
  }

  private static String source(RowShape rows, String keyword) {
    return rows.columns().isEmpty()
        ? ""
        : "%sunnest(%s) AS r (%s)".formatted(keyword, arrays(rows), names(rows));
  }

  /**
   * Rows that are joined with those of the table. The planner expects 10 rows of an array that is a
   * parameter, and would read all of them again for each row of the table; of the numbers of its
   * elements it expects 1,000, and makes a hash join.
   */
  private static String matched(RowShape rows, String keyword) {
    return rows.columns().isEmpty()
        ? ""
        : "%sROWS FROM (unnest(%s), generate_subscripts(%s[], 1)) AS r (%s, place)"
            .formatted(keyword, arrays(rows), cast(rows.columns().getFirst()), names(rows));
  }

  private static String arrays(RowShape rows) {
    return rows.columns().stream()
        .map(column -> cast(column) + "[]")
        .collect(Collectors.joining(", "));
  }

  private static String names(RowShape rows) {
    return rows.columns().stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private static String cast(Column column) {
    return ":" + column.name() + "::" + PostgresJdbcTypes.elementType(column.type());
  }

  /** The time at which the statement began, so that all rows of a batch are of one moment. */
  private static String convert(Column column, String value) {
    return column.type() == RowShape.Type.MICROSECONDS_FROM_NOW
        ? "statement_timestamp() + interval '1 microsecond' * " + value
        : value;
  }
}
