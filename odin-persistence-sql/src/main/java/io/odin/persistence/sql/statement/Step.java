package io.odin.persistence.sql.statement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its values, ready to be sent together with others.
 *
 * @param sql what to send
 * @param binds its values
 * @param mapper what to make of the rows of a query; null for anything else
 */
public record Step(Sql sql, Binds binds, Row.@Nullable Mapper<?> mapper) {

  /** A statement that changes rows. */
  public static Step change(Sql sql, Binds binds) {
    return new Step(sql, binds, null);
  }

  /** A statement that returns rows. */
  public static Step query(Sql sql, Binds binds, Row.Mapper<?> mapper) {
    return new Step(sql, binds, mapper);
  }

  /** The steps that together do what this one does; this one if its rows are not too large. */
  public List<Step> parts() {
    List<Binds> parts = binds.parts();
    return parts.size() == 1
        ? List.of(this)
        : parts.stream().map(part -> new Step(sql, part, mapper)).toList();
  }

  /** About how many bytes its values have. */
  public long bytes() {
    return binds.bytes();
  }

  /**
   * The outcome of a step.
   *
   * @param count rows returned by a query, rows changed by anything else
   * @param rows what the mapper made of the rows; empty for anything else
   */
  public record Result(long count, List<?> rows) {

    /** The outcome of steps that together are one. */
    public static Result of(List<Result> parts) {
      if (parts.size() == 1) {
        return parts.getFirst();
      }
      List<Object> rows = new ArrayList<>();
      parts.forEach(part -> rows.addAll(part.rows()));
      return new Result(parts.stream().mapToLong(Result::count).sum(), rows);
    }

    /** The rows as what the step's mapper makes. */
    public <T> List<T> rows(Class<T> type) {
      List<T> typed = new ArrayList<>(rows.size());
      rows.forEach(row -> typed.add(type.cast(row)));
      return typed;
    }
  }
}
