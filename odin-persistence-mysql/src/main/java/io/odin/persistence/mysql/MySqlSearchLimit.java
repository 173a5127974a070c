package io.odin.persistence.mysql;

import io.odin.persistence.sql.statement.Sql;
import java.time.Duration;

/** Lets the server end a search: a hint at its beginning, which costs no round trip. */
final class MySqlSearchLimit {

  private static final String SELECT = "select";

  private MySqlSearchLimit() {}

  /** The same query with the hint. Every search of the stores begins with the word. */
  static Sql of(Sql search, Duration limit) {
    String text = search.text();
    return text.startsWith(SELECT)
        ? Sql.of(
            search.name(),
            "select /*+ MAX_EXECUTION_TIME(%d) */".formatted(limit.toMillis())
                + text.substring(SELECT.length()))
        : search;
  }
}
