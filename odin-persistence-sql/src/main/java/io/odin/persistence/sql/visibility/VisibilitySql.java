package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.run.RunMapper.RUN;
import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over single visibility records, tags and the registry of search attributes. */
final class VisibilitySql {

  static final Table<?> RECORDS = table("visibility_records");
  static final Table<?> TAGS = table("workflow_tags");
  private static final Table<?> ATTRIBUTES = table("search_attributes");

  /** What a record is made of. */
  static final List<Field<?>> COLUMNS =
      columns(
          "namespace_id",
          "workflow_id",
          "run_id",
          "workflow_type",
          "task_queue",
          "workflow_state",
          "status",
          "start_time",
          "execution_time",
          "close_time",
          "history_length",
          "state_transition_count",
          "memo",
          "search_attributes",
          "parent_workflow_id",
          "parent_run_id");

  private static final RowShape RECORD =
      RowShape.into(RECORDS)
          .key(RUN)
          .ofRun()
          .shared("workflow_type", RowShape.Type.TEXT)
          .shared("task_queue", RowShape.Type.TEXT)
          .shared("workflow_state", RowShape.Type.TEXT)
          .shared("status", RowShape.Type.TEXT)
          .shared("start_time", RowShape.Type.INSTANT)
          .shared("execution_time", RowShape.Type.INSTANT)
          .shared("close_time", RowShape.Type.INSTANT)
          .shared("history_length", RowShape.Type.NUMBER)
          .shared("execution_duration_ms", RowShape.Type.NUMBER)
          .shared("state_transition_count", RowShape.Type.NUMBER)
          .shared("memo", RowShape.Type.JSON)
          .shared("search_attributes", RowShape.Type.JSON)
          .shared("parent_workflow_id", RowShape.Type.TEXT)
          .shared("parent_run_id", RowShape.Type.UUID)
          .shared("version", RowShape.Type.NUMBER)
          .shared("deleted_at", RowShape.Type.INSTANT)
          .build();

  private static final RowShape TOMBSTONE =
      RowShape.into(RECORDS)
          .key(RUN)
          .ofRun()
          .shared("workflow_type", RowShape.Type.TEXT)
          .shared("task_queue", RowShape.Type.TEXT)
          .shared("version", RowShape.Type.NUMBER)
          .shared("deleted_at", RowShape.Type.MICROSECONDS_FROM_NOW)
          .build();

  /** The tags of one run. */
  static final RowShape NEW_TAGS =
      RowShape.into(TAGS)
          .key("namespace_id", "workflow_id", "run_id", "tag_key")
          .ofRun()
          .each("tag_key", RowShape.Type.TEXT)
          .each("tag_value", RowShape.Type.TEXT)
          .build();

  final Sql upsert;
  final Sql find;
  final Sql lock;
  final Sql insertTombstone;
  final Sql delete;
  final Sql oldTombstones;
  final Sql deleteTombstone;
  final Sql discardTombstone;
  final Sql tags;
  final Sql insertTags;
  final Sql deleteTags;
  final Sql attributes;
  final Sql insertAttribute;
  final Sql deleteAttribute;

  VisibilitySql(Statements statements) {
    upsert = statements.upsertNewer("visibility.upsert", RECORD, column("version"));
    find =
        statements.query(
            "visibility.find",
            DSL.select(COLUMNS).from(RECORDS).where(matches(RUN).and(Visibility.PRESENT)));
    lock =
        statements.query(
            "visibility.lock",
            DSL.select(columns("run_id"))
                .from(RECORDS)
                .where(matches(RUN).and(Visibility.PRESENT))
                .forUpdate());
    insertTombstone = statements.insertNew("visibility.insertTombstone", TOMBSTONE);
    delete =
        statements.query(
            "visibility.delete",
            DSL.update(RECORDS)
                .set(emptied())
                .where(matches(RUN).and(column("version").le(param("version")))));
    Condition isOld = column("deleted_at").lt(DatabaseClock.before(param("age_microseconds")));
    oldTombstones =
        statements.query(
            "visibility.oldTombstones",
            DSL.select(columns(RUN)).from(RECORDS).where(isOld).limit(limit()));
    // Once more: it may have been purged, written again and deleted again since it was found.
    deleteTombstone =
        statements.query(
            "visibility.deleteTombstone", DSL.deleteFrom(RECORDS).where(matches(RUN).and(isOld)));
    discardTombstone =
        statements.query(
            "visibility.discard",
            DSL.deleteFrom(RECORDS).where(matches(RUN).and(DSL.not(Visibility.PRESENT))));
    tags =
        statements.query(
            "visibility.tags",
            DSL.select(columns("tag_key", "tag_value")).from(TAGS).where(matches(RUN)));
    insertTags = statements.insertNew("visibility.insertTags", NEW_TAGS);
    deleteTags =
        statements.query("visibility.deleteTags", DSL.deleteFrom(TAGS).where(matches(RUN)));
    attributes =
        statements.query(
            "visibility.attributes",
            DSL.select(columns("attribute_name", "attribute_type"))
                .from(ATTRIBUTES)
                .where(matches("namespace_id")));
    insertAttribute =
        statements.insertNew(
            "visibility.insertAttribute",
            RowShape.into(ATTRIBUTES)
                .key("namespace_id", "attribute_name")
                .shared("namespace_id", RowShape.Type.UUID)
                .shared("attribute_name", RowShape.Type.TEXT)
                .shared("attribute_type", RowShape.Type.TEXT)
                .build());
    deleteAttribute =
        statements.query(
            "visibility.deleteAttribute",
            DSL.deleteFrom(ATTRIBUTES).where(matches("namespace_id", "attribute_name")));
  }

  /** What is left of a record that is deleted: nothing that its owner would want deleted. */
  private static Map<Field<?>, Field<?>> emptied() {
    Map<Field<?>, Field<?>> assignments = new LinkedHashMap<>(assign(List.of("version")));
    assignments.put(column("deleted_at"), DSL.coalesce(column("deleted_at"), DatabaseClock.now()));
    // So that it changes the row even if it was deleted before, as databases count changes.
    assignments.put(column("updated_at"), DatabaseClock.now());
    for (String content : List.of("status", "memo", "search_attributes")) {
      assignments.put(column(content), DSL.inline((Object) null));
    }
    return assignments;
  }
}
