package io.odin.persistence.sql.database;

import io.odin.persistence.health.HealthReport;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;

/**
 * A question of the health check that only one database can be asked. Immutable and thread-safe.
 *
 * @param name of the finding that stands for the answer if the account may not ask
 * @param query each row becomes a {@link HealthReport}
 * @param grant what would let the account ask
 */
public record HealthProbe(String name, Step query, String grant) {

  /** A question that every account may ask. */
  public static HealthProbe open(String name, Sql query, Row.Mapper<HealthReport> findings) {
    return new HealthProbe(name, Step.query(query, Binds.none(), findings), "");
  }

  /** A question that needs a privilege. */
  public static HealthProbe restricted(
      String name, Sql query, Row.Mapper<HealthReport> findings, String grant) {
    return new HealthProbe(name, Step.query(query, Binds.none(), findings), grant);
  }
}
