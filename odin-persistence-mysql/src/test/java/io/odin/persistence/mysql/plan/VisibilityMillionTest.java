package io.odin.persistence.mysql.plan;

import io.odin.persistence.Persistence;
import io.odin.persistence.mysql.MySqlDialect;
import io.odin.persistence.mysql.MySqlTckDatabase;
import io.odin.persistence.mysql.TestMySql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.tests.Plan;
import io.odin.persistence.sql.tests.PlanData;
import io.odin.persistence.sql.tests.VisibilityMillion;
import org.junit.jupiter.api.AfterAll;

/** The standard queries of MySQL. */
class VisibilityMillionTest extends VisibilityMillion {

  private final MySqlTckDatabase database = TestMySql.database();
  private final PlanRecorder recorder;

  VisibilityMillionTest() {
    super(new MySqlDialect());
    Persistence.schemaOf(database.config()).migrate();
    recorder = new PlanRecorder(database);
    MySqlPlanData.prepare(database, RUNS);
    MySqlPlanData.run(database, PlanData.searched(RUNS));
    MySqlPlanData.analyze(database);
  }

  @AfterAll
  void removeDatabase() {
    recorder.close();
    database.close();
  }

  @Override
  protected Plan planOfSearch(Step search) {
    return recorder.of(search.sql(), search.binds());
  }
}
