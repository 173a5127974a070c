package io.odin.persistence.postgres;

import io.odin.persistence.sql.GoldenSql;
import io.odin.persistence.sql.Sql;
import io.odin.persistence.sql.Step;
import java.util.Map;
import java.util.TreeMap;

class GoldenSqlTest extends GoldenSql {

  GoldenSqlTest() {
    super(new PostgresDialect());
  }

  @Override
  protected Map<String, Sql> composed() {
    Map<String, Sql> composed = new TreeMap<>();
    for (StandardQuery query : StandardQuery.values()) {
      for (Step page : query.pages(10)) {
        Sql sql = page.sql();
        composed.put(sql.name().replace("list.", "list." + query.name() + "."), sql);
      }
    }
    return composed;
  }
}
