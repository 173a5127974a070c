package io.odin.persistence.sql.statement;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Values for the named parameters of a statement. Not thread-safe. */
public final class Binds {

  private final Map<String, @Nullable Object> values = new HashMap<>();

  private Binds() {}

  /** No values yet. */
  public static Binds none() {
    return new Binds();
  }

  /** Begins with one value. */
  public static Binds of(String name, @Nullable Object value) {
    return new Binds().and(name, value);
  }

  /** Adds a value: an empty Optional is null, a Duration is a number of microseconds. */
  public Binds and(String name, @Nullable Object value) {
    values.put(name, plain(value));
    return this;
  }

  /** A value as {@link JdbcTypes} takes it. */
  static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Optional<?> optional -> plain(optional.orElse(null));
      case OptionalLong optional -> optional.isPresent() ? optional.getAsLong() : null;
      case Duration duration -> duration.toNanos() / 1000;
      case null, default -> value;
    };
  }

  /** Adds all values of another set. */
  public Binds andAll(Binds others) {
    values.putAll(others.values);
    return this;
  }

  /**
   * The value of a parameter.
   *
   * @throws IllegalStateException if none was given, not even null
   */
  public @Nullable Object value(Sql sql, String name) {
    Object value = values.get(name);
    if (value == null && !values.containsKey(name)) {
      throw new IllegalStateException("no value for :" + name + " of " + sql.name());
    }
    return value;
  }
}
