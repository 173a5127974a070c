package io.odin.persistence.sql.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * A statement over many rows at once: where they go and which columns they have. A dialect makes
 * SQL of it; the rows come with each call.
 *
 * @param table where the rows go
 * @param key the columns of the primary key
 * @param shared the columns that have one value for all rows
 * @param columns the columns that have a value for each row
 */
public record RowShape(
    Table<?> table, List<Field<?>> key, List<Column> shared, List<Column> columns) {

  /** What a column holds. */
  public enum Type {
    /** A UUID. */
    UUID,
    /** A text. */
    TEXT,
    /** A 64-bit whole number. */
    NUMBER,
    /** A small whole number. */
    INTEGER,
    /** An instant. */
    INSTANT,
    /** The database's now plus a duration; null stays null. */
    MICROSECONDS_FROM_NOW,
    /** A boolean. */
    BOOLEAN,
    /** Bytes. */
    BYTES,
    /** A JSON document. */
    JSON
  }

  /**
   * A column that is written.
   *
   * @param field the column; its name is the parameter's name too
   * @param type what it holds
   */
  public record Column(Field<?> field, Type type) {

    /** The name of the column and of the parameter. */
    public String name() {
      return field.getName();
    }
  }

  /**
   * The values of one column, one for each row.
   *
   * @param type what they are
   * @param items the values in the order of the rows
   */
  public record ColumnValues(Type type, List<@Nullable Object> items) {}

  /**
   * All rows as one value, under the name {@link #ALL}: for databases that have no arrays.
   *
   * @param columns what each row consists of
   * @param rows the values, each row in the order of the columns
   */
  public record Batch(List<Column> columns, List<List<@Nullable Object>> rows) {}

  /** The name of the parameter that is all rows. */
  public static final String ALL = "rows";

  /** Begins the description of rows of a table. */
  public static Builder into(Table<?> table) {
    return new Builder(table);
  }

  /** Collects a description. Not thread-safe. */
  public static final class Builder {
    private final Table<?> table;
    private final List<Field<?>> key = new ArrayList<>();
    private final List<Column> shared = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    private Builder(Table<?> table) {
      this.table = table;
    }

    /** Names the columns of the primary key. */
    public Builder key(String... names) {
      return key(List.of(names));
    }

    /** Names the columns of the primary key. */
    public Builder key(List<String> names) {
      key.addAll(Renderer.columns(names));
      return this;
    }

    /** Adds the columns that say which run all rows are of. */
    public Builder ofRun() {
      return shared("namespace_id", Type.UUID)
          .shared("workflow_id", Type.TEXT)
          .shared("run_id", Type.UUID);
    }

    /** Adds a column that has one value for all rows. */
    public Builder shared(String name, Type type) {
      shared.add(new Column(Renderer.column(name), type));
      return this;
    }

    /** Adds a column that has a value for each row. */
    public Builder each(String name, Type type) {
      columns.add(new Column(Renderer.column(name), type));
      return this;
    }

    /** The description. */
    public RowShape build() {
      return new RowShape(table, key, shared, columns);
    }
  }

  /** Copies the lists. */
  public RowShape {
    key = List.copyOf(key);
    shared = List.copyOf(shared);
    columns = List.copyOf(columns);
  }

  /** The columns written, shared ones first, separated by commas. */
  public String columnNames() {
    return Stream.concat(shared.stream(), columns.stream())
        .map(Column::name)
        .collect(Collectors.joining(", "));
  }

  /** The key columns, separated by commas. */
  public String keyNames() {
    return key.stream().map(Field::getName).collect(Collectors.joining(", "));
  }

  /** Whether a column is of the key. */
  public boolean isKey(Column column) {
    return key.contains(column.field());
  }

  /**
   * What a statement says of some columns: first of the shared ones, then of those of each row.
   *
   * @param which the columns of which it says something
   */
  public String join(
      String separator,
      Predicate<Column> which,
      Function<Column, String> ofShared,
      Function<Column, String> ofEach) {
    return Stream.concat(
            shared.stream().filter(which).map(ofShared), columns.stream().filter(which).map(ofEach))
        .collect(Collectors.joining(separator));
  }

  /**
   * Turns rows, each in the order of {@link #columns}, into one value for each column, and one that
   * is all of them. Values become what {@link Binds#and} makes of them.
   */
  public Binds bind(Binds sharedValues, List<List<@Nullable Object>> rows) {
    Binds binds = sharedValues;
    List<List<@Nullable Object>> plain = rows.stream().map(RowShape::plain).toList();
    for (int i = 0; i < columns.size(); i++) {
      List<@Nullable Object> items = new ArrayList<>(rows.size());
      for (List<@Nullable Object> row : plain) {
        items.add(row.get(i));
      }
      binds.and(columns.get(i).name(), new ColumnValues(columns.get(i).type(), items));
    }
    return columns.isEmpty() ? binds : binds.and(ALL, new Batch(columns, plain));
  }

  private static List<@Nullable Object> plain(List<@Nullable Object> row) {
    List<@Nullable Object> plain = new ArrayList<>(row.size());
    for (Object value : row) {
      plain.add(Binds.plain(value));
    }
    return plain;
  }
}
