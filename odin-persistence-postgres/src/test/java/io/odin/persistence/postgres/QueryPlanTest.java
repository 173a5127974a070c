package io.odin.persistence.postgres;

/** The plans of the newest PostgreSQL. */
final class QueryPlanTest extends QueryPlans {

  QueryPlanTest() {
    super(TestPostgres.V18);
  }
}
