package io.odin.persistence.postgres.plan;

import io.odin.persistence.postgres.TestPostgres;

/** The plans of the oldest PostgreSQL. */
final class QueryPlan14Test extends PostgresQueryPlans {

  QueryPlan14Test() {
    super(TestPostgres.V14);
  }
}
