package io.odin.persistence.postgres.plan;

import io.odin.persistence.postgres.PostgresDialect;
import io.odin.persistence.postgres.PostgresProvider;
import io.odin.persistence.sql.tests.GoldenSql;

class GoldenSqlTest extends GoldenSql {

  GoldenSqlTest() {
    super(new PostgresDialect(), new PostgresProvider().statements());
  }
}
