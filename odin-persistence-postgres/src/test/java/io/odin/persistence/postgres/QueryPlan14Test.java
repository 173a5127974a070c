package io.odin.persistence.postgres;

/** The plans of the oldest PostgreSQL. */
final class QueryPlan14Test extends QueryPlans {

  QueryPlan14Test() {
    super(TestPostgres.V14);
  }
}
