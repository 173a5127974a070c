package io.odin.persistence.postgres;

/** The plans of the oldest PostgreSQL. */
final class QueryPlan14Test extends PostgresQueryPlans {

  QueryPlan14Test() {
    super(TestPostgres.V14);
  }
}
