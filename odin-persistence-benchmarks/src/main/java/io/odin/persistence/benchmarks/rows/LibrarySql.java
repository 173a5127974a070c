package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.postgres.PostgresDialect;
import io.odin.persistence.sql.Sql;
import io.odin.persistence.sql.Statements;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The library's own statements by name, so that the floor sends the same text. */
final class LibrarySql {

  private static final Map<String, Sql> STATEMENTS =
      Statements.all(new PostgresDialect()).stream()
          .collect(Collectors.toMap(Sql::name, Function.identity()));

  private LibrarySql() {}

  /**
   * A statement.
   *
   * @throws IllegalStateException if the library has none of that name (any more)
   */
  static Sql named(String name) {
    Sql sql = STATEMENTS.get(name);
    if (sql == null) {
      throw new IllegalStateException("the library has no statement " + name);
    }
    return sql;
  }
}
