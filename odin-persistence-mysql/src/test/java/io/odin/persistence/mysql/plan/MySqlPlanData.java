package io.odin.persistence.mysql.plan;

import io.odin.persistence.mysql.MySqlTckDatabase;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.tests.PlanData;
import java.util.List;

/** What {@link PlanData} needs on MySQL. */
final class MySqlPlanData {

  private static final List<String> FUNCTIONS =
      List.of(
          """
          CREATE FUNCTION id_of(id VARCHAR(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin)
          RETURNS BINARY(16) DETERMINISTIC RETURN UUID_TO_BIN(id)\
          """,
          """
          CREATE FUNCTION run_of(n BIGINT) RETURNS BINARY(16) DETERMINISTIC
          RETURN UUID_TO_BIN(CONCAT('01b00000-0000-7000-8000-', LPAD(n, 12, '0')))\
          """,
          """
          CREATE FUNCTION instant_of(seconds BIGINT) RETURNS DATETIME(6) DETERMINISTIC
          RETURN TIMESTAMPADD(SECOND, seconds, '1970-01-01')\
          """,
          """
          CREATE FUNCTION seconds_from_now(seconds DECIMAL(20, 6)) RETURNS DATETIME(6) NO SQL
          RETURN UTC_TIMESTAMP(6) + INTERVAL seconds SECOND\
          """,
          """
          CREATE FUNCTION bytes_of(content VARCHAR(255) CHARACTER SET utf8mb4) RETURNS VARBINARY(1020) DETERMINISTIC
          RETURN CAST(content AS BINARY)\
          """,
          """
          CREATE FUNCTION json_of(document LONGTEXT CHARACTER SET utf8mb4) RETURNS JSON DETERMINISTIC
          RETURN CAST(document AS JSON)\
          """);

  private MySqlPlanData() {}

  /** The functions, and numbers up to that one. */
  static void prepare(MySqlTckDatabase database, int numbers) {
    run(database, FUNCTIONS);
    run(database, PlanData.numbers(numbers));
  }

  static void run(MySqlTckDatabase database, List<String> statements) {
    database.execute(statements.toArray(String[]::new));
  }

  /** Lets the planner know how much there is. */
  static void analyze(MySqlTckDatabase database) {
    database
        .rowCounts(new NamespaceId(PlanData.NAMESPACE))
        .keySet()
        .forEach(table -> database.execute("ANALYZE TABLE " + table));
  }
}
