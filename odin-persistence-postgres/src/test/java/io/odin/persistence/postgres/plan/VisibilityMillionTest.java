package io.odin.persistence.postgres.plan;

import io.odin.persistence.postgres.PostgresDialect;
import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.postgres.TestPostgres;
import io.odin.persistence.postgres.schema.SchemaScript;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.tests.Plan;
import io.odin.persistence.sql.tests.PlanData;
import io.odin.persistence.sql.tests.VisibilityMillion;
import org.junit.jupiter.api.AfterAll;

/** The standard queries of the newest PostgreSQL. */
class VisibilityMillionTest extends VisibilityMillion {

  private final PostgresTckDatabase database = TestPostgres.V18.database();
  private final PlanRecorder recorder;

  VisibilityMillionTest() {
    super(new PostgresDialect());
    SchemaScript.INIT.run(database);
    recorder = new PlanRecorder(database);
    PostgresPlanData.prepare(database, RUNS);
    PostgresPlanData.run(database, PlanData.searched(RUNS));
    database.execute("VACUUM ANALYZE");
  }

  @AfterAll
  void removeDatabase() {
    recorder.close();
    database.close();
  }

  @Override
  protected Plan planOfSearch(Step search) {
    return recorder.ofSearch(search);
  }
}
