package io.odin.persistence.postgres;

/** The plans of the newest PostgreSQL. */
final class QueryPlanTest extends PostgresQueryPlans {

  QueryPlanTest() {
    super(TestPostgres.V18);
  }
}
