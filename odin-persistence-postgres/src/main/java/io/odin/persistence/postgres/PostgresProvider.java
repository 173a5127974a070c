package io.odin.persistence.postgres;

import io.odin.persistence.sql.SqlProvider;

/** Opens PostgreSQL 14 and later. Stateless and thread-safe. */
public final class PostgresProvider extends SqlProvider {

  /** For ServiceLoader. */
  public PostgresProvider() {
    super(new PostgresDialect(), new PostgresTasks());
  }
}
