package io.odin.persistence.mysql;

import io.odin.persistence.sql.GoldenSql;

class GoldenSqlTest extends GoldenSql {

  GoldenSqlTest() {
    super(new MySqlDialect(), new MySqlProvider().statements());
  }
}
