package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.run.Runs.RUNNING;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.AUTO_RESET_POINTS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.BASE_EVENT_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.BASE_RUN_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.COMPLETED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.COMPLETION_EVENT_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.CRON_SCHEDULE;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.EXECUTION_STATE;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.HISTORY_SIZE_BYTES;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.INITIATED_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.LAST_PROCESSED_EVENT_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.LAST_UPDATED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.MEMO;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.NEXT_EVENT_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.PARENT_RUN_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.PARENT_WORKFLOW_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.RETRY_POLICY;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.RUN_TIMEOUT_SECONDS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.SEARCH_ATTRIBUTES;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.SHARD_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.SIGNAL_SEQUENCE;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.STARTED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.START_REQUEST_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.TASK_QUEUE;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.TASK_TIMEOUT_SECONDS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.VERSION;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_EXECUTIONS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_STATE;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_TIMEOUT_SECONDS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_TYPE;
import static io.odin.persistence.sql.statement.Columns.EXPECTED_VERSION;
import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.SqlForms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over the rows of runs. */
final class ExecutionSql {

  static final Field<Long> SIGNALS_SEEN = number("signals_seen");
  static final Field<Long> FIRST_EVENT_ID = number("first_event_id");
  static final Field<String> SHOWN_TYPE = text("shown_type");
  static final Field<String> SHOWN_QUEUE = text("shown_queue");
  static final Field<Instant> SHOWN_START = instant("shown_start");
  static final Field<Long> EVENT_COUNT = number("event_count");
  static final Field<Long> HISTORY_BYTES = number("history_bytes");

  static final List<Field<?>> SUMMARY =
      List.of(
          NAMESPACE_ID,
          WORKFLOW_ID,
          RUN_ID,
          WORKFLOW_TYPE,
          WORKFLOW_STATE,
          VERSION,
          STARTED_AT,
          COMPLETED_AT,
          START_REQUEST_ID,
          PARENT_WORKFLOW_ID,
          PARENT_RUN_ID,
          INITIATED_ID,
          BASE_RUN_ID,
          BASE_EVENT_ID,
          SHARD_ID);
  static final Condition WORKFLOW = matches(NAMESPACE_ID, WORKFLOW_ID);

  private static final RowShape NEW_RUN =
      RowShape.into(WORKFLOW_EXECUTIONS)
          .key(RUN)
          .ofRun()
          .shared(
              WORKFLOW_TYPE,
              TASK_QUEUE,
              WORKFLOW_STATE,
              EXECUTION_STATE,
              NEXT_EVENT_ID,
              LAST_PROCESSED_EVENT_ID,
              WORKFLOW_TIMEOUT_SECONDS,
              RUN_TIMEOUT_SECONDS,
              TASK_TIMEOUT_SECONDS,
              RETRY_POLICY,
              CRON_SCHEDULE,
              PARENT_WORKFLOW_ID,
              PARENT_RUN_ID,
              INITIATED_ID,
              COMPLETION_EVENT_ID,
              MEMO,
              SEARCH_ATTRIBUTES,
              AUTO_RESET_POINTS,
              STARTED_AT,
              COMPLETED_AT,
              SHARD_ID,
              START_REQUEST_ID,
              BASE_RUN_ID,
              BASE_EVENT_ID,
              HISTORY_SIZE_BYTES,
              SIGNAL_SEQUENCE)
          .build();

  private static final List<Field<?>> REPLACED =
      List.of(
          WORKFLOW_STATE,
          EXECUTION_STATE,
          LAST_PROCESSED_EVENT_ID,
          COMPLETION_EVENT_ID,
          MEMO,
          SEARCH_ATTRIBUTES,
          AUTO_RESET_POINTS,
          COMPLETED_AT);

  final Sql insert;
  final Sql update;
  final Sql updateWithHistory;
  final Sql updateWithRecord;
  final Sql updateWithBoth;
  final Sql terminate;
  final Sql find;
  final Sql findSummary;
  final Sql lock;
  final Sql lockShared;
  final Sql position;
  final Sql delete;
  final PagedQuery listOpenByShard;
  final PagedQuery listByShard;
  final PagedQuery listRuns;
  final PagedQuery listChildren;

  ExecutionSql(Statements statements) {
    SqlForms forms = statements.renderer().forms();
    insert = statements.insertNew("executions.insert", NEW_RUN);
    Condition expected =
        matches(RUN)
            .and(VERSION.eq(param(EXPECTED_VERSION)))
            .and(RUNNING)
            .and(SIGNAL_SEQUENCE.le(param(SIGNALS_SEEN)));
    Condition follows = NEXT_EVENT_ID.eq(param(FIRST_EVENT_ID));
    // What a record shows of the run and never changes.
    Condition agrees =
        WORKFLOW_TYPE
            .eq(param(SHOWN_TYPE))
            .and(TASK_QUEUE.eq(param(SHOWN_QUEUE)))
            .and(STARTED_AT.eq(param(SHOWN_START)));
    update = update(statements, "executions.update", expected);
    updateWithHistory = update(statements, "executions.updateWithHistory", expected.and(follows));
    updateWithRecord = update(statements, "executions.updateWithRecord", expected.and(agrees));
    updateWithBoth =
        update(statements, "executions.updateWithBoth", expected.and(follows).and(agrees));
    terminate =
        statements.query(
            "executions.terminate",
            DSL.update(WORKFLOW_EXECUTIONS)
                .set(changes(assign(WORKFLOW_STATE, COMPLETION_EVENT_ID, COMPLETED_AT)))
                .where(matches(RUN).and(RUNNING)));
    find =
        statements.query(
            "executions.find",
            DSL.select(everything()).from(WORKFLOW_EXECUTIONS).where(matches(RUN)));
    findSummary =
        statements.query(
            "executions.findSummary",
            DSL.select(SUMMARY).from(WORKFLOW_EXECUTIONS).where(matches(RUN)));
    lock =
        statements.query(
            "executions.lock",
            DSL.select(SUMMARY)
                .select(NEXT_EVENT_ID)
                .from(WORKFLOW_EXECUTIONS)
                .where(matches(RUN))
                .forUpdate());
    lockShared =
        statements.query(
            "executions.lockShared",
            DSL.select(RUN_ID)
                .from(WORKFLOW_EXECUTIONS)
                .where(matches(RUN).and(LiveNamespaces.GIVEN))
                .forShare());
    position =
        statements.query(
            "executions.position",
            DSL.select(VERSION, WORKFLOW_STATE, NEXT_EVENT_ID, SIGNAL_SEQUENCE)
                .select(WORKFLOW_TYPE, TASK_QUEUE, STARTED_AT, COMPLETED_AT)
                .from(WORKFLOW_EXECUTIONS)
                .where(matches(RUN)));
    delete =
        statements.query(
            "executions.delete", DSL.deleteFrom(WORKFLOW_EXECUTIONS).where(matches(RUN)));
    PagedQuery.Key workflowId = PagedQuery.Key.ascending(WORKFLOW_ID);
    PagedQuery.Key runId = PagedQuery.Key.ascending(RUN_ID);
    // The shard leads the keys although it is fixed: only then do the planners walk the index that
    // begins with the shard.
    List<PagedQuery.Key> byShard =
        List.of(
            PagedQuery.Key.ascending(SHARD_ID),
            PagedQuery.Key.ascending(NAMESPACE_ID),
            workflowId,
            runId);
    listOpenByShard =
        statements.pagedQuery(
            "executions.listOpenByShard",
            () ->
                summaries(
                    forms.forceIndex("idx_workflow_executions_active", WORKFLOW_EXECUTIONS),
                    matches(SHARD_ID).and(RUNNING)),
            byShard);
    listByShard =
        statements.pagedQuery(
            "executions.listByShard",
            () ->
                summaries(
                    forms.forceIndex("idx_workflow_executions_shard", WORKFLOW_EXECUTIONS),
                    matches(SHARD_ID)),
            byShard);
    listRuns =
        statements.pagedQuery(
            "executions.listRuns",
            () ->
                summaries(
                    WORKFLOW_EXECUTIONS,
                    matches(NAMESPACE_ID, WORKFLOW_ID)
                        .and(forms.conditionOf("idx_workflow_executions_runs"))),
            List.of(PagedQuery.Key.descending(STARTED_AT), PagedQuery.Key.descending(RUN_ID)));
    Condition ofParent = matches(NAMESPACE_ID, PARENT_WORKFLOW_ID, PARENT_RUN_ID);
    List<PagedQuery.Key> byInitiation =
        List.of(PagedQuery.Key.ascending(INITIATED_ID), workflowId, runId);
    listChildren =
        statements.pagedQuery(
            "executions.listChildren",
            () -> summaries(WORKFLOW_EXECUTIONS, ofParent),
            byInitiation);
  }

  private static Sql update(Statements statements, String name, Condition expected) {
    return statements.query(
        name, DSL.update(WORKFLOW_EXECUTIONS).set(changes(assign(REPLACED))).where(expected));
  }

  private static SelectConditionStep<?> summaries(Table<?> runs, Condition condition) {
    return DSL.select(SUMMARY).from(runs).where(condition);
  }

  private static List<Field<?>> everything() {
    List<Field<?>> all = new ArrayList<>();
    NEW_RUN.shared().forEach(shared -> all.add(shared.field()));
    all.add(VERSION);
    all.add(LAST_UPDATED_AT);
    return all;
  }

  /** What every change of a run sets in addition. */
  private static Map<Field<?>, Field<?>> changes(Map<Field<?>, Field<?>> assignments) {
    Map<Field<?>, Field<?>> all = new LinkedHashMap<>(assignments);
    all.put(NEXT_EVENT_ID, NEXT_EVENT_ID.plus(param(EVENT_COUNT)));
    all.put(HISTORY_SIZE_BYTES, HISTORY_SIZE_BYTES.plus(param(HISTORY_BYTES)));
    all.put(LAST_UPDATED_AT, DatabaseClock.now());
    all.put(VERSION, VERSION.plus(DSL.inline(1)));
    return all;
  }
}
