package io.odin.persistence.sql.statement;

import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Values for the named parameters of a statement: each has the name of a column, or of a parameter
 * that {@link Columns} makes. Not thread-safe.
 */
public final class Binds {

  private final Map<String, @Nullable Object> values = new HashMap<>();

  private Binds() {}

  /** No values yet. */
  public static Binds none() {
    return new Binds();
  }

  /** Begins with one value. */
  public static <T> Binds of(Field<T> column, T value) {
    return new Binds().and(column, value);
  }

  /** Begins with one value that may be null. */
  public static <T> Binds of(Field<T> column, Optional<T> value) {
    return new Binds().and(column, value);
  }

  /** Begins with one value; see {@link #and(String, Object)}. */
  public static Binds of(String name, @Nullable Object value) {
    return new Binds().and(name, value);
  }

  /** Adds a value. */
  public <T> Binds and(Field<T> column, T value) {
    values.put(column.getName(), value instanceof Duration time ? microseconds(time) : value);
    return this;
  }

  /** Adds a payload. */
  public Binds and(PayloadField columns, Payload payload) {
    return switch (payload) {
      case Json document -> and(columns.document(), document).andNull(columns.bytes());
      case Bytes bytes -> and(columns.document(), Json.emptyObject()).and(columns.bytes(), bytes);
    };
  }

  /** Adds a value, or null if it is empty. */
  public <T> Binds and(Field<T> column, Optional<T> value) {
    return value.isPresent() ? and(column, value.get()) : andNull(column);
  }

  /** Adds a value, or null if it is empty. */
  public Binds and(Field<Long> column, OptionalLong value) {
    return value.isPresent() ? and(column, value.getAsLong()) : andNull(column);
  }

  /** Adds null for each column. */
  public Binds andNull(Field<?>... columns) {
    for (Field<?> column : columns) {
      values.put(column.getName(), null);
    }
    return this;
  }

  /** Adds a value for a column that is written {@linkplain RowShape from now}. */
  public Binds andFromNow(Field<Instant> column, Duration value) {
    values.put(column.getName(), microseconds(value));
    return this;
  }

  /** Adds a value for a column that is written {@linkplain RowShape from now}, or null. */
  public Binds andFromNow(Field<Instant> column, Optional<Duration> value) {
    return value.isPresent() ? andFromNow(column, value.get()) : andNull(column);
  }

  /**
   * Adds a value for a parameter that no column or constant names: an empty Optional is null, a
   * Duration is a number of microseconds.
   */
  public Binds and(String name, @Nullable Object value) {
    values.put(name, plain(value));
    return this;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Optional<?> optional -> plain(optional.orElse(null));
      case OptionalLong optional -> optional.isPresent() ? optional.getAsLong() : null;
      case Duration duration -> microseconds(duration);
      case null, default -> value;
    };
  }

  static long microseconds(Duration duration) {
    return duration.toNanos() / 1000;
  }

  /** Adds all values of another set. */
  public Binds andAll(Binds others) {
    values.putAll(others.values);
    return this;
  }

  /**
   * These values for several statements, if the rows of a {@link RowShape} among them are too large
   * for one.
   */
  List<Binds> parts() {
    if (!(values.get(RowShape.ALL) instanceof RowShape.Batch batch)) {
      return List.of(this);
    }
    List<RowShape.Part> parts = batch.parts();
    return parts.size() == 1 ? List.of(this) : parts.stream().map(this::part).toList();
  }

  /** About how many bytes the values have. */
  long bytes() {
    long bytes = 0;
    for (Object value : values.values()) {
      bytes += RowShape.bytes(value);
    }
    return bytes;
  }

  private Binds part(RowShape.Part rows) {
    Binds part = none().andAll(this);
    part.values.replaceAll(
        (name, value) ->
            switch (value) {
              case RowShape.ColumnValues column -> column.part(rows);
              case RowShape.Batch batch -> batch.part(rows);
              case null, default -> value;
            });
    return part;
  }

  /** Visits all values, in the order of their names. */
  public void forEach(BiConsumer<String, @Nullable Object> visitor) {
    new TreeMap<>(values).forEach(visitor);
  }

  /**
   * The value of a parameter.
   *
   * @throws IllegalStateException if none was given, not even null
   */
  public @Nullable Object value(Sql sql, String name) {
    return value(name, sql.name());
  }

  /** The value of a column of one row, of those for a table. */
  @Nullable Object value(RowShape.Column column, String table) {
    return value(column.name(), table);
  }

  private @Nullable Object value(String name, String user) {
    Object value = values.get(name);
    if (value == null && !values.containsKey(name)) {
      throw new IllegalStateException("no value for :" + name + " of " + user);
    }
    return value;
  }
}
