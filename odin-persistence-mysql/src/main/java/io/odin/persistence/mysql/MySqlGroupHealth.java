package io.odin.persistence.mysql;

import io.odin.persistence.health.HealthReport;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.sql.database.HealthProbe;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** How a server that is a member of a group (Group Replication) behaves when it has left it. */
final class MySqlGroupHealth {

  private static final String NAME = "group of servers";

  /** Without the plugin there is no row. */
  private static final Sql SETTINGS =
      Sql.of(
          "health.group",
          """
          SELECT COALESCE(MAX(CASE WHEN VARIABLE_NAME = 'group_replication_group_name'
                                   THEN VARIABLE_VALUE END), '') AS group_name,
                 COALESCE(MAX(CASE WHEN VARIABLE_NAME = 'group_replication_start_on_boot'
                                   THEN VARIABLE_VALUE END), '') AS start_on_boot,
                 COALESCE(MAX(CASE WHEN VARIABLE_NAME = 'group_replication_single_primary_mode'
                                   THEN VARIABLE_VALUE END), '') AS single_primary,
                 COALESCE(MAX(CASE WHEN VARIABLE_NAME = 'group_replication_unreachable_majority_timeout'
                                   THEN VARIABLE_VALUE END), '') AS majority_timeout
            FROM performance_schema.global_variables
           WHERE VARIABLE_NAME LIKE 'group\\_replication\\_%'\
          """);

  private MySqlGroupHealth() {}

  static HealthProbe probe() {
    return HealthProbe.open(NAME, SETTINGS, row -> new HealthReport(findings(row)));
  }

  private static List<Finding> findings(Row row) throws SQLException {
    if (row.text("group_name").isEmpty()) {
      return List.of(new Finding(NAME, Status.OK, "the server is in none", ""));
    }
    List<Finding> findings = new ArrayList<>();
    if (!row.text("single_primary").equals("ON")) {
      findings.add(
          warning(
              "group_replication_single_primary_mode is off",
              "members do not see each other's locks: SELECT"
                  + " group_replication_switch_to_single_primary_mode()"));
    }
    if (!row.text("start_on_boot").equals("ON")) {
      findings.add(
          warning(
              "group_replication_start_on_boot is off",
              "a member that starts again takes writes, which the group does not get, until it has"
                  + " joined: set it, or super_read_only, in the server's options"));
    }
    if (row.text("majority_timeout").equals("0")) {
      findings.add(
          warning(
              "group_replication_unreachable_majority_timeout is 0",
              "commits on a primary that has lost sight of the majority wait without end: set it"
                  + " to some seconds"));
    }
    return findings.isEmpty()
        ? List.of(new Finding(NAME, Status.OK, "one primary", ""))
        : List.copyOf(findings);
  }

  private static Finding warning(String detail, String advice) {
    return new Finding(NAME, Status.WARNING, detail, advice);
  }
}
