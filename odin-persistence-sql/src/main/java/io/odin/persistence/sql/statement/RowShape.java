package io.odin.persistence.sql.statement;

import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;

import io.odin.persistence.internal.Utf8;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param guard a condition, as text, without which nothing is inserted; empty if there is none
 */
public record RowShape(
    Table<?> table,
    List<Field<?>> key,
    List<Column> shared,
    List<Column> columns,
    Optional<String> guard) {

  /** What a column holds. */
  public enum Type {
    /** A UUID. */
    UUID(java.util.UUID.class),
    /** A text. */
    TEXT(String.class),
    /** A 64-bit whole number. */
    NUMBER(Long.class),
    /** A small whole number. */
    INTEGER(Integer.class),
    /** An instant. */
    INSTANT(Instant.class),
    /** The database's now plus a duration; null stays null. */
    MICROSECONDS_FROM_NOW(void.class),
    /** A boolean. */
    BOOLEAN(Boolean.class),
    /** Bytes. */
    BYTES(Bytes.class),
    /** A JSON document. */
    JSON(Json.class);

    private final Class<?> values;

    Type(Class<?> values) {
      this.values = values;
    }

    private static final Map<Class<?>, Type> BY_CLASS =
        Stream.of(values())
            .collect(Collectors.toUnmodifiableMap(type -> type.values, type -> type));

    /** What a column that {@link Columns} has made holds. */
    public static Type of(Field<?> column) {
      Class<?> wanted = column.getType();
      // For every value that is read: most are of these.
      if (wanted == String.class) {
        return TEXT;
      }
      if (wanted == Instant.class) {
        return INSTANT;
      }
      if (wanted == Long.class) {
        return NUMBER;
      }
      Type type = BY_CLASS.get(wanted);
      if (type == null) {
        throw new IllegalStateException(column.getName() + " is no column of a table or result");
      }
      return type;
    }
  }

  /**
   * A column that is written.
   *
   * @param field the column; its name is the parameter's name too
   * @param type what it holds
   */
  public record Column(Field<?> field, Type type) {

    private static Column of(Field<?> field) {
      return new Column(field, Type.of(field));
    }

    private static Column fromNow(Field<Instant> field) {
      return new Column(field, Type.MICROSECONDS_FROM_NOW);
    }

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
  public record ColumnValues(Type type, List<@Nullable Object> items) {

    ColumnValues part(Part rows) {
      return new ColumnValues(type, items.subList(rows.from(), rows.to()));
    }
  }

  /**
   * Some of the rows.
   *
   * @param from the first one
   * @param to the one after the last
   */
  record Part(int from, int to) {}

  /**
   * All rows as one value, under the name {@link #ALL}: for databases that have no arrays.
   *
   * @param columns what each row consists of
   * @param rows the values, each row in the order of the columns
   */
  public record Batch(List<Column> columns, List<List<@Nullable Object>> rows) {

    /**
     * What one statement takes. MySQL gets the rows as a text in a JSON document, which is up to
     * twice as long, and has to fit into a packet.
     */
    private static final long PART_BYTES = 4L << 20;

    private static final long BYTES_OF_OTHERS = 64;

    Batch part(Part some) {
      return new Batch(columns, rows.subList(some.from(), some.to()));
    }

    /** The rows in parts that one statement takes; one row is always taken. */
    List<Part> parts() {
      List<Part> parts = new ArrayList<>();
      int from = 0;
      long bytes = 0;
      for (int row = 0; row < rows.size(); row++) {
        long more = bytes(rows.get(row));
        if (row > from && bytes + more > PART_BYTES) {
          parts.add(new Part(from, row));
          from = row;
          bytes = 0;
        }
        bytes += more;
      }
      parts.add(new Part(from, rows.size()));
      return parts;
    }

    private static long bytes(List<@Nullable Object> row) {
      long bytes = 0;
      for (Object value : row) {
        bytes += RowShape.bytes(value);
      }
      return bytes;
    }

    private long bytes() {
      long bytes = 0;
      for (List<@Nullable Object> row : rows) {
        bytes += bytes(row);
      }
      return bytes;
    }
  }

  /** About how many bytes a value has; none if another value, that of all rows, has them. */
  static long bytes(@Nullable Object value) {
    return switch (value) {
      case Json json -> json.size();
      case String text -> Utf8.length(text);
      case Bytes content -> content.size();
      case Batch batch -> batch.bytes();
      case ColumnValues column -> 0;
      case null, default -> Batch.BYTES_OF_OTHERS;
    };
  }

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
    private Optional<String> guard = Optional.empty();

    private Builder(Table<?> table) {
      this.table = table;
    }

    /** Names the columns of the primary key. */
    public Builder key(Field<?>... columns) {
      return key(List.of(columns));
    }

    /** Names the columns of the primary key. */
    public Builder key(List<Field<?>> columns) {
      key.addAll(columns);
      return this;
    }

    /** Adds the columns that say which run all rows are of. */
    public Builder ofRun() {
      return shared(NAMESPACE_ID, WORKFLOW_ID, RUN_ID);
    }

    /** Adds columns that have one value for all rows. */
    public Builder shared(Field<?>... fields) {
      return shared(List.of(fields));
    }

    /** Adds columns that have one value for all rows. */
    public Builder shared(List<Field<?>> fields) {
      fields.stream().map(Column::of).forEach(shared::add);
      return this;
    }

    /** Adds columns that are set to the database's now plus one duration for all rows. */
    @SafeVarargs
    public final Builder sharedFromNow(Field<Instant>... fields) {
      for (Field<Instant> field : fields) {
        shared.add(Column.fromNow(field));
      }
      return this;
    }

    /** Adds columns that have a value for each row. */
    public Builder each(Field<?>... fields) {
      Stream.of(fields).map(Column::of).forEach(columns::add);
      return this;
    }

    /** Adds columns that are set to the database's now plus a duration for each row, or to null. */
    @SafeVarargs
    public final Builder eachFromNow(Field<Instant>... fields) {
      for (Field<Instant> field : fields) {
        columns.add(Column.fromNow(field));
      }
      return this;
    }

    /** Inserts nothing unless a condition is true, in which shared columns are parameters. */
    public Builder onlyIf(String condition) {
      guard = Optional.of(condition);
      return this;
    }

    /** The description. */
    public RowShape build() {
      return new RowShape(table, key, shared, columns, guard);
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
   * Turns rows, each with a value for all of {@link #columns}, into one value for each column, and
   * one that is all of them.
   */
  public Binds bind(Binds sharedValues, List<Binds> rows) {
    // For every commit, more than once: without streams.
    List<List<@Nullable Object>> values = new ArrayList<>(rows.size());
    for (Binds row : rows) {
      values.add(values(row));
    }
    Binds binds = sharedValues;
    for (int i = 0; i < columns.size(); i++) {
      List<@Nullable Object> items = new ArrayList<>(rows.size());
      for (List<@Nullable Object> row : values) {
        items.add(row.get(i));
      }
      binds.and(columns.get(i).name(), new ColumnValues(columns.get(i).type(), items));
    }
    return columns.isEmpty() ? binds : binds.and(ALL, new Batch(columns, values));
  }

  private List<@Nullable Object> values(Binds row) {
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    for (Column column : columns) {
      values.add(row.value(column, table.getName()));
    }
    return values;
  }
}
