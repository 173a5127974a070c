package io.odin.persistence.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the account of the stores may do, asked of the catalog: nothing is tried. */
final class PostgresPrivileges {

  private static final String MISSING =
      """
      WITH needed (name, privileges) AS (
        SELECT name, 'SELECT, INSERT, UPDATE, DELETE'
          FROM unnest(ARRAY['namespaces', 'namespace_change_counter', 'history_shards', 'shard_fences',
                            'workflow_executions', 'workflow_current_runs', 'workflow_commits', 'applied_writes',
                            'task_queues', 'task_queue_leases', 'task_dead_letters', 'task_completions', 'task_endings',
                            'visibility_records', 'workflow_tags', 'search_attributes', 'workflow_timers',
                            'workflow_signals', 'workflow_query_results', 'workflow_schedules',
                            'schedule_execution_history']) AS name
         UNION ALL
        VALUES ('history_events', 'SELECT, INSERT, DELETE'), ('odin_schema', 'SELECT')
      )
      SELECT privilege || ' on ' || needed.name AS missing
        FROM needed, unnest(string_to_array(needed.privileges, ', ')) AS privilege
       WHERE to_regclass(needed.name) IS NOT NULL
         AND NOT has_table_privilege(to_regclass(needed.name), privilege)
       UNION ALL
      SELECT 'USAGE on task_id_sequence'
       WHERE to_regclass('task_id_sequence') IS NOT NULL
         AND NOT has_sequence_privilege(to_regclass('task_id_sequence'), 'USAGE')
       ORDER BY 1\
      """;

  private PostgresPrivileges() {}

  static List<String> missing(Connection connection) throws SQLException {
    List<String> missing = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(MISSING)) {
      while (rows.next()) {
        missing.add(rows.getString(1));
      }
    }
    return missing;
  }
}
