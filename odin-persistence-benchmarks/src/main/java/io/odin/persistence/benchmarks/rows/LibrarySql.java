package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.postgres.PostgresDialect;
import io.odin.persistence.sql.Dialect;
import io.odin.persistence.sql.Sql;
import io.odin.persistence.sql.Statements;
import io.odin.persistence.sql.Step;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.query.Condition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The library's own statements by name, so that the floor sends the same text. */
final class LibrarySql {

  private static final Dialect DIALECT = new PostgresDialect();

  private static final Map<String, Sql> STATEMENTS =
      Statements.all(DIALECT).stream().collect(Collectors.toMap(Sql::name, Function.identity()));

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

  /** What goes, in the same transaction, before a list. */
  static List<Sql> beforeList() {
    return DIALECT.searchStatements();
  }

  /** What reads the first page of a list of runs, and the values of the condition. */
  static Step list(Condition condition, VisibilityOrder order) {
    return Statements.ofList(DIALECT, Sample.NAMESPACE, Optional.of(condition), order).getFirst();
  }
}
