package io.odin.persistence.sql.retention;

import static io.odin.persistence.sql.run.RunMapper.RUN;
import static io.odin.persistence.sql.run.Runs.RUNS;
import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.retention.RunPart;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements of retention. */
final class RetentionSql {

  private static final Table<?> NAMESPACES = table("namespaces").as("n");
  private static final Field<Object> NAMESPACE = column("n", "namespace_id");
  private static final Table<?> EVENTS = table("history_events");
  private static final Field<Object> EVENT_ID = column("event_id");

  /**
   * What no transaction has deleted yet. The walk need not skip the entries of deleted events,
   * which may be many.
   */
  static final Condition EVENTS_LEFT = EVENT_ID.ge(param("first_event_id"));

  private static final Field<Object> LAST_NAMESPACE = param("after_namespace_id");
  private static final Field<Object> ARCHIVED_AT = column("archived_at");
  private static final List<PagedQuery.Key> BY_END =
      List.of(
          PagedQuery.Key.ascending("namespace_id", RowShape.Type.UUID),
          PagedQuery.Key.ascending("completed_at", RowShape.Type.INSTANT),
          PagedQuery.Key.ascending("workflow_id", RowShape.Type.TEXT),
          PagedQuery.Key.ascending("run_id", RowShape.Type.UUID));

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
            RunPartSql.many(statements, RunPart.TIMERS, "workflow_timers"),
            RunPartSql.many(statements, RunPart.SIGNALS, "workflow_signals"),
            RunPartSql.many(statements, RunPart.QUERY_RESULTS, "workflow_query_results"),
            RunPartSql.visibility(statements),
            RunPartSql.many(statements, RunPart.TAGS, "workflow_tags"),
            RunPartSql.one(statements, RunPart.CURRENT_RUN, "workflow_current_runs"));
    rest =
        statements.query(
            "retention.rest",
            DSL.select(parts.stream().map(RunPartSql::count).toList())
                .select(eventAfterSkipped().as("next_event_id")));
    deleteEvents =
        statements.query(
            "retention.deleteEvents",
            DSL.deleteFrom(EVENTS)
                .where(matches(RUN))
                .and(EVENTS_LEFT)
                .and(EVENT_ID.lt(param("next_event_id"))));
    archival =
        statements.query(
            "retention.archival",
            DSL.select(
                    column("e", "archived_at"),
                    column("n", "history_archival_enabled"),
                    column("n", "visibility_archival_enabled"))
                .from(RUNS.as("e"))
                .leftJoin(NAMESPACES)
                .on(NAMESPACE.eq(column("e", "namespace_id")))
                .where(DSL.and(RUN.stream().map(key -> column("e", key).eq(param(key))).toList())));
    markArchived =
        statements.query(
            "retention.markArchived", DSL.update(RUNS).set(archived()).where(matches(RUN)));
    markUnarchived =
        statements.query(
            "retention.markUnarchived",
            DSL.update(RUNS)
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
                            statements.renderer().family(), BY_END.subList(1, BY_END.size())))
                    .unionAll(expired(NAMESPACE.gt(LAST_NAMESPACE), NAMESPACE, DSL.noCondition()))),
            BY_END);
  }

  private static Field<?> eventAfterSkipped() {
    return DSL.field(
        DSL.select(EVENT_ID)
            .from(EVENTS)
            .where(matches(RUN))
            .and(EVENTS_LEFT)
            .orderBy(EVENT_ID)
            .offset(DSL.param("skipped", Long.class))
            .limit(DSL.inline(1)));
  }

  private static Map<Field<?>, Field<?>> archived() {
    Map<Field<?>, Field<?>> archived = assign(List.of("archive_checksum"));
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
      Condition namespaces, Field<Object> namespace, Condition after) {
    List<Field<?>> order = columns("completed_at", "workflow_id", "run_id");
    Table<?> oldest =
        DSL.lateral(
            DSL.select(order)
                .from(RUNS)
                .where(matches("shard_id"))
                .and(column("namespace_id").eq(namespace))
                // Where an index cannot leave out the open runs, they are a separate range of it.
                .and(DSL.field(column("completed_at").isNull()).eq(DSL.inline(false)))
                .and(column("completed_at").le(Retention.latestExpiredEnd()))
                .and(after)
                // It is one namespace, but MySQL walks the index in order only if the order
                // begins with the namespace.
                .orderBy(columns("namespace_id", "completed_at", "workflow_id", "run_id"))
                .limit(limit())
                .asTable("e"));
    return DSL.select(List.<Field<?>>of(NAMESPACE, Retention.RETENTION_DAYS))
        .select(columns("completed_at", "workflow_id", "run_id"))
        .from(NAMESPACES)
        .crossJoin(oldest)
        .where(Retention.RETENTION_DAYS.gt(DSL.inline((Object) 0)))
        .and(namespaces);
  }

  private static Query page(Select<?> expired) {
    return DSL.select(
            columns("namespace_id", "retention_days", "completed_at", "workflow_id", "run_id"))
        .from(expired.asTable("r"))
        .orderBy(columns("namespace_id", "completed_at", "workflow_id", "run_id"))
        .limit(limit());
  }
}
