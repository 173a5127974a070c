package io.odin.persistence.sql.retention;

import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_ID;
import static io.odin.persistence.sql.history.HistoryEventsTable.HISTORY_EVENTS;
import static io.odin.persistence.sql.namespace.NamespacesTable.HISTORY_ARCHIVAL_ENABLED;
import static io.odin.persistence.sql.namespace.NamespacesTable.NAMESPACES;
import static io.odin.persistence.sql.namespace.NamespacesTable.RETENTION_DAYS;
import static io.odin.persistence.sql.namespace.NamespacesTable.VISIBILITY_ARCHIVAL_ENABLED;
import static io.odin.persistence.sql.query.WorkflowQueryResultsTable.WORKFLOW_QUERY_RESULTS;
import static io.odin.persistence.sql.run.WorkflowCurrentRunsTable.WORKFLOW_CURRENT_RUNS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.ARCHIVED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.ARCHIVE_CHECKSUM;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.COMPLETED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.NEXT_EVENT_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.SHARD_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_EXECUTIONS;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.WORKFLOW_SIGNALS;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.uuid;
import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.Renderer.rows;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.WORKFLOW_TIMERS;
import static io.odin.persistence.sql.visibility.WorkflowTagsTable.WORKFLOW_TAGS;

import io.odin.persistence.retention.RunPart;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.Sql;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements of retention. */
final class RetentionSql {

  static final Field<Long> FIRST_EVENT_ID = number("first_event_id");
  static final Field<Long> SKIPPED = number("skipped");
  static final Field<UUID> AFTER_NAMESPACE_ID = uuid("after_namespace_id");

  private static final Table<?> N = NAMESPACES.as("n");
  private static final Field<UUID> NAMESPACE = column("n", NAMESPACE_ID);

  /**
   * What no transaction has deleted yet. The walk need not skip the entries of deleted events,
   * which may be many.
   */
  static final Condition EVENTS_LEFT = EVENT_ID.ge(param(FIRST_EVENT_ID));

  private static final Field<UUID> LAST_NAMESPACE = param(AFTER_NAMESPACE_ID);
  private static final List<PagedQuery.Key> BY_END =
      List.of(
          PagedQuery.Key.ascending(NAMESPACE_ID),
          PagedQuery.Key.ascending(COMPLETED_AT),
          PagedQuery.Key.ascending(WORKFLOW_ID),
          PagedQuery.Key.ascending(RUN_ID));

  /** In the order in which they are deleted. */
  final List<RunPartSql> parts;

  final Sql rest;
  final Sql deleteEvents;
  final Sql archival;
  final Sql markArchived;
  final Sql markUnarchived;
  final PagedQuery findExpired;

  RetentionSql(Statements statements) {
    parts =
        List.of(
            RunPartSql.events(statements),
            RunPartSql.many(statements, RunPart.TIMERS, WORKFLOW_TIMERS),
            RunPartSql.many(statements, RunPart.SIGNALS, WORKFLOW_SIGNALS),
            RunPartSql.many(statements, RunPart.QUERY_RESULTS, WORKFLOW_QUERY_RESULTS),
            RunPartSql.visibility(statements),
            RunPartSql.many(statements, RunPart.TAGS, WORKFLOW_TAGS),
            RunPartSql.one(statements, RunPart.CURRENT_RUN, WORKFLOW_CURRENT_RUNS));
    rest =
        statements.query(
            "retention.rest",
            DSL.select(parts.stream().map(RunPartSql::counted).toList())
                .select(eventAfterSkipped().as(NEXT_EVENT_ID)));
    deleteEvents =
        statements.query(
            "retention.deleteEvents",
            DSL.deleteFrom(HISTORY_EVENTS)
                .where(matches(RUN))
                .and(EVENTS_LEFT)
                .and(EVENT_ID.lt(param(NEXT_EVENT_ID))));
    archival =
        statements.query(
            "retention.archival",
            DSL.select(
                    column("e", ARCHIVED_AT),
                    column("e", ARCHIVE_CHECKSUM),
                    column("n", HISTORY_ARCHIVAL_ENABLED),
                    column("n", VISIBILITY_ARCHIVAL_ENABLED))
                .from(WORKFLOW_EXECUTIONS.as("e"))
                .leftJoin(N)
                .on(NAMESPACE.eq(column("e", NAMESPACE_ID)))
                .where(matches("e", RUN)));
    markArchived =
        statements.query(
            "retention.markArchived",
            DSL.update(WORKFLOW_EXECUTIONS).set(archived()).where(matches(RUN)));
    markUnarchived =
        statements.query(
            "retention.markUnarchived",
            DSL.update(WORKFLOW_EXECUTIONS)
                .set(Map.of(ARCHIVED_AT, DatabaseClock.now()))
                .where(matches(RUN))
                .and(ARCHIVED_AT.isNull()));
    findExpired =
        statements.pagedQuery(
            "retention.findExpired",
            page(expired(DSL.noCondition(), NAMESPACE, DSL.noCondition())),
            page(
                expired(
                        NAMESPACE.eq(LAST_NAMESPACE),
                        LAST_NAMESPACE,
                        PagedQuery.afterKey(
                            statements.renderer().forms(), BY_END.subList(1, BY_END.size())))
                    .unionAll(expired(NAMESPACE.gt(LAST_NAMESPACE), NAMESPACE, DSL.noCondition()))),
            BY_END);
  }

  private static Field<?> eventAfterSkipped() {
    return DSL.field(
        DSL.select(EVENT_ID)
            .from(HISTORY_EVENTS)
            .where(matches(RUN))
            .and(EVENTS_LEFT)
            .orderBy(EVENT_ID)
            .offset(rows(SKIPPED))
            .limit(DSL.inline(1)));
  }

  private static Map<Field<?>, Field<?>> archived() {
    Map<Field<?>, Field<?>> archived = assign(ARCHIVE_CHECKSUM);
    archived.put(ARCHIVED_AT, DatabaseClock.now());
    return archived;
  }

  /**
   * For each namespace as many of its oldest runs as a page takes, each along the index: the
   * namespaces differ in what is old.
   *
   * @param namespaces which of them
   * @param namespace the one in turn
   * @param after where its runs begin
   */
  private static Select<Record> expired(
      Condition namespaces, Field<UUID> namespace, Condition after) {
    List<Field<?>> order = List.of(COMPLETED_AT, WORKFLOW_ID, RUN_ID);
    Table<?> oldest =
        DSL.lateral(
            DSL.select(order)
                .from(WORKFLOW_EXECUTIONS)
                .where(matches(SHARD_ID))
                .and(NAMESPACE_ID.eq(namespace))
                // Where an index cannot leave out the open runs, they are a separate range of it.
                .and(DSL.field(COMPLETED_AT.isNull()).eq(DSL.inline(false)))
                .and(COMPLETED_AT.le(Retention.latestExpiredEnd()))
                .and(after)
                // It is one namespace, but MySQL walks the index in order only if the order
                // begins with the namespace.
                .orderBy(NAMESPACE_ID, COMPLETED_AT, WORKFLOW_ID, RUN_ID)
                .limit(limit())
                .asTable("e"));
    return DSL.select(List.<Field<?>>of(NAMESPACE, Retention.RETENTION_DAYS))
        .select(COMPLETED_AT, WORKFLOW_ID, RUN_ID)
        .from(N)
        .crossJoin(oldest)
        .where(Retention.RETENTION_DAYS.gt(DSL.inline(0)))
        .and(namespaces);
  }

  private static Query page(Select<?> expired) {
    return DSL.select(NAMESPACE_ID, RETENTION_DAYS, COMPLETED_AT, WORKFLOW_ID, RUN_ID)
        .from(expired.asTable("r"))
        .orderBy(NAMESPACE_ID, COMPLETED_AT, WORKFLOW_ID, RUN_ID)
        .limit(limit());
  }
}
