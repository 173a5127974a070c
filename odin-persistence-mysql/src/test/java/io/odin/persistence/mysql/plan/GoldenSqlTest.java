package io.odin.persistence.mysql.plan;

import io.odin.persistence.mysql.MySqlDialect;
import io.odin.persistence.mysql.MySqlProvider;
import io.odin.persistence.sql.tests.GoldenSql;

class GoldenSqlTest extends GoldenSql {

  GoldenSqlTest() {
    super(new MySqlDialect(), new MySqlProvider().statements());
  }
}
