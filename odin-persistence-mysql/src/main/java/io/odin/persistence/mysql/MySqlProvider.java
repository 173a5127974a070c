package io.odin.persistence.mysql;

import io.odin.persistence.sql.SqlProvider;

/** Opens MySQL 8.0.19 and later. Stateless and thread-safe. */
public final class MySqlProvider extends SqlProvider {

  /** For ServiceLoader. */
  public MySqlProvider() {
    super(new MySqlDialect(), new MySqlTasks());
  }
}
