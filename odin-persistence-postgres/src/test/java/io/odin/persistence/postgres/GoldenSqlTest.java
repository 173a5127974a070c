package io.odin.persistence.postgres;

import io.odin.persistence.sql.GoldenSql;

class GoldenSqlTest extends GoldenSql {

  GoldenSqlTest() {
    super(new PostgresDialect(), new PostgresProvider().statements());
  }
}
