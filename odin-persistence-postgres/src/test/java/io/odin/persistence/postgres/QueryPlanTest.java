package io.odin.persistence.postgres;

/** The plans of the newest PostgreSQL. */
class QueryPlanTest extends QueryPlans {

  QueryPlanTest() {
    super(TestPostgres.V18);
  }
}
