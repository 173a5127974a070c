package io.odin.persistence.postgres.plan;

import io.odin.persistence.postgres.TestPostgres;

/** The plans of the newest PostgreSQL. */
final class QueryPlanTest extends PostgresQueryPlans {

  QueryPlanTest() {
    super(TestPostgres.V18);
  }
}
