package io.odin.persistence.mysql;

import io.odin.persistence.error.SchemaMismatchException;
import io.odin.persistence.sql.connection.MigrationLock;
import io.odin.persistence.sql.database.SchemaUse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Triggers on the tables of the schema that are not the schema's: they run with the rights of the
 * account that made them, and see and change each row that is written. An account without the
 * privilege TRIGGER sees none. What else others can make under the names of tables,
 * 01_namespaces.sql refuses.
 */
final class MySqlOwnObjects {

  /** The schema's own, each with its table. */
  private static final String OWN =
      """
      ('namespaces', 'trg_namespaces_change_insert'), ('namespaces', 'trg_namespaces_change_update'),
      ('task_queues', 'trg_task_queues_task_id'), ('workflow_timers', 'trg_workflow_timers_shard'),
      ('workflow_signals', 'trg_workflow_signals_sequence')\
      """;

  private static final String FOREIGN =
      """
      SELECT GROUP_CONCAT(CONCAT('trigger ', t.TRIGGER_NAME, ' on ', t.EVENT_OBJECT_TABLE, ' of ', t.DEFINER)
                          ORDER BY t.TRIGGER_NAME SEPARATOR '; ')
        FROM information_schema.TRIGGERS AS t
       WHERE t.EVENT_OBJECT_SCHEMA = DATABASE()
         AND t.EVENT_OBJECT_TABLE IN
             ('odin_schema', 'namespaces', 'namespace_change_counter', 'history_shards', 'shard_fences',
              'workflow_executions', 'workflow_current_runs', 'workflow_commits', 'applied_writes', 'history_events',
              'task_queues', 'task_queue_leases', 'task_dead_letters', 'task_completions', 'task_endings',
              'task_id_sequence', 'visibility_records', 'workflow_tags', 'search_attributes', 'workflow_timers',
              'workflow_signals', 'workflow_query_results', 'workflow_schedules', 'schedule_execution_history')
         AND (t.EVENT_OBJECT_TABLE, t.TRIGGER_NAME) NOT IN (%s)
         AND t.DEFINER <> CURRENT_USER()\
      """
          .formatted(OWN);

  /** The account that has installed the schema may have added triggers to it. */
  private static final String EXCEPT_INSTALLERS =
      """

      AND t.DEFINER NOT IN
          (SELECT o.DEFINER FROM information_schema.TRIGGERS AS o
            WHERE o.EVENT_OBJECT_SCHEMA = DATABASE() AND (o.EVENT_OBJECT_TABLE, o.TRIGGER_NAME) IN (%s))\
      """
          .formatted(OWN);

  private MySqlOwnObjects() {}

  static void require(Connection connection, SchemaUse use) throws SQLException {
    Optional<String> foreign =
        MigrationLock.ask(
            connection, use == SchemaUse.MIGRATE ? FOREIGN : FOREIGN + EXCEPT_INSTALLERS);
    if (foreign.isPresent()) {
      throw new SchemaMismatchException(
          "an object of the schema",
          "only what its files make",
          foreign.get(),
          "What others have made would see and change what is written: find out who made it, and"
              + " drop it, or connect as the account that made it");
    }
  }
}
