package io.odin.persistence.sql.retention;

import static io.odin.persistence.sql.history.HistoryEventsTable.HISTORY_EVENTS;
import static io.odin.persistence.sql.namespace.NamespacesTable.DELETED_AT;
import static io.odin.persistence.sql.namespace.NamespacesTable.NAMESPACES;
import static io.odin.persistence.sql.namespace.NamespacesTable.STATUS;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.WORKFLOW_QUERY_RESULTS;
import static io.odin.persistence.sql.run.WorkflowCommitsTable.WORKFLOW_COMMITS;
import static io.odin.persistence.sql.run.WorkflowCurrentRunsTable.WORKFLOW_CURRENT_RUNS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_EXECUTIONS;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.SCHEDULE_EXECUTION_HISTORY;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.WORKFLOW_SCHEDULES;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.WORKFLOW_SIGNALS;
import static io.odin.persistence.sql.statement.Columns.AGE;
import static io.odin.persistence.sql.statement.Columns.bool;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.uuid;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.task.TaskCompletionsTable.TASK_COMPLETIONS;
import static io.odin.persistence.sql.task.TaskDeadLettersTable.TASK_DEAD_LETTERS;
import static io.odin.persistence.sql.task.TaskEndingsTable.TASK_ENDINGS;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.TASK_QUEUE_LEASES;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUES;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.WORKFLOW_TIMERS;
import static io.odin.persistence.sql.visibility.SearchAttributesTable.SEARCH_ATTRIBUTES;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.VISIBILITY_RECORDS;
import static io.odin.persistence.sql.visibility.WorkflowTagsTable.WORKFLOW_TAGS;
import static io.odin.persistence.sql.write.AppliedWritesTable.APPLIED_WRITES;

import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.Sql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements that delete what is left of namespaces. */
final class NamespacePurgeSql {

  static final Field<UUID> AFTER = uuid("after_namespace_id");

  /**
   * Every table with rows of namespaces, in the order in which they are deleted, which is that in
   * which a commit locks them where the order matters: tasks before their leases, records before
   * tags. Namespaces come last.
   */
  static final List<Table<?>> TABLES =
      List.of(
          TASK_QUEUES,
          TASK_QUEUE_LEASES,
          TASK_DEAD_LETTERS,
          TASK_COMPLETIONS,
          TASK_ENDINGS,
          WORKFLOW_SCHEDULES,
          SCHEDULE_EXECUTION_HISTORY,
          WORKFLOW_CURRENT_RUNS,
          WORKFLOW_EXECUTIONS,
          HISTORY_EVENTS,
          WORKFLOW_TIMERS,
          WORKFLOW_SIGNALS,
          WORKFLOW_QUERY_RESULTS,
          VISIBILITY_RECORDS,
          WORKFLOW_TAGS,
          WORKFLOW_COMMITS,
          APPLIED_WRITES,
          SEARCH_ATTRIBUTES);

  /** How many rows a table has, under the name of the table. */
  static Field<Long> count(Table<?> table) {
    return number(table.getName());
  }

  final Map<String, Sql> deletes = new LinkedHashMap<>();
  final Sql next;
  final Sql find;
  final Sql remains;
  final Sql deleteNamespace;

  NamespacePurgeSql(Statements statements) {
    for (Table<?> table : TABLES) {
      deletes.put(
          table.getName(),
          statements.query(
              "retention.purge." + table.getName(),
              DSL.deleteFrom(table).where(matches(NAMESPACE_ID)).limit(limit())));
    }
    next = statements.query("retention.nextNamespace", nextNamespace());
    find =
        statements.query(
            "retention.deletedNamespace",
            DSL.select(STATUS, DELETED_AT)
                .select(DELETED_AT.le(DatabaseClock.before(param(AGE))).as(IS_OLD))
                .from(NAMESPACES)
                .where(matches(NAMESPACE_ID)));
    remains =
        statements.query(
            "retention.remains",
            DSL.select(TABLES.stream().map(NamespacePurgeSql::counted).toList()));
    deleteNamespace =
        statements.query(
            "retention.purge.namespaces",
            DSL.deleteFrom(NAMESPACES)
                .where(matches(NAMESPACE_ID).and(STATUS.eq(DSL.inline("deleted")))));
  }

  static final Field<Boolean> IS_OLD = bool("is_old");

  /** The first namespace after another of which any table has rows: one look into each table. */
  private static Query nextNamespace() {
    Select<Record1<UUID>> all = firstOf(NAMESPACES);
    for (Table<?> table : TABLES) {
      all = all.unionAll(firstOf(table));
    }
    return DSL.select(NAMESPACE_ID)
        .from(all.asTable("found"))
        .orderBy(NAMESPACE_ID)
        .limit(DSL.inline(1));
  }

  private static Select<Record1<UUID>> firstOf(Table<?> table) {
    return DSL.select(NAMESPACE_ID)
        .from(
            DSL.select(NAMESPACE_ID)
                .from(table)
                .where(NAMESPACE_ID.gt(param(AFTER)))
                .orderBy(NAMESPACE_ID)
                .limit(DSL.inline(1))
                .asTable(table.getName() + "_first"));
  }

  private static Field<?> counted(Table<?> table) {
    Table<?> some =
        DSL.select(NAMESPACE_ID)
            .from(table)
            .where(matches(NAMESPACE_ID))
            .limit(limit())
            .asTable("t");
    return DSL.field(DSL.select(DSL.count()).from(some)).as(count(table));
  }
}
