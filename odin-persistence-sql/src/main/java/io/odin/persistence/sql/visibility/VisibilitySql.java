package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.statement.Columns.AGE;
import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.clear;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;
import static io.odin.persistence.sql.visibility.SearchAttributesTable.ATTRIBUTE_NAME;
import static io.odin.persistence.sql.visibility.SearchAttributesTable.ATTRIBUTE_TYPE;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.CLOSE_TIME;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.DELETED_AT;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.EXECUTION_DURATION_MS;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.EXECUTION_TIME;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.HISTORY_LENGTH;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.MEMO;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.PARENT_RUN_ID;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.PARENT_WORKFLOW_ID;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.SEARCH_ATTRIBUTES;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.START_TIME;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.STATE_TRANSITION_COUNT;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.STATUS;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.TASK_QUEUE;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.UPDATED_AT;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.VERSION;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.VISIBILITY_RECORDS;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.WORKFLOW_STATE;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.WORKFLOW_TYPE;
import static io.odin.persistence.sql.visibility.WorkflowTagsTable.TAG_KEY;
import static io.odin.persistence.sql.visibility.WorkflowTagsTable.TAG_VALUE;
import static io.odin.persistence.sql.visibility.WorkflowTagsTable.WORKFLOW_TAGS;

import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.SqlForms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over single visibility records, tags and the registry of search attributes. */
final class VisibilitySql {

  static final Table<?> RECORDS = VISIBILITY_RECORDS;
  static final Table<?> TAGS = WORKFLOW_TAGS;

  private static final Table<?> ATTRIBUTES = SearchAttributesTable.SEARCH_ATTRIBUTES;

  /** What a record is made of. */
  static final List<Field<?>> COLUMNS =
      List.of(
          NAMESPACE_ID,
          WORKFLOW_ID,
          RUN_ID,
          WORKFLOW_TYPE,
          TASK_QUEUE,
          WORKFLOW_STATE,
          STATUS,
          START_TIME,
          EXECUTION_TIME,
          CLOSE_TIME,
          HISTORY_LENGTH,
          STATE_TRANSITION_COUNT,
          MEMO,
          SEARCH_ATTRIBUTES,
          PARENT_WORKFLOW_ID,
          PARENT_RUN_ID);

  private static final RowShape RECORD =
      RowShape.into(RECORDS)
          .key(RUN)
          .ofRun()
          .shared(
              WORKFLOW_TYPE,
              TASK_QUEUE,
              WORKFLOW_STATE,
              STATUS,
              START_TIME,
              EXECUTION_TIME,
              CLOSE_TIME,
              HISTORY_LENGTH,
              EXECUTION_DURATION_MS,
              STATE_TRANSITION_COUNT,
              MEMO,
              SEARCH_ATTRIBUTES,
              PARENT_WORKFLOW_ID,
              PARENT_RUN_ID,
              VERSION,
              DELETED_AT)
          .build();

  private static final RowShape TOMBSTONE =
      RowShape.into(RECORDS)
          .key(RUN)
          .ofRun()
          .shared(WORKFLOW_TYPE, TASK_QUEUE, VERSION)
          .sharedFromNow(DELETED_AT)
          .build();

  /** The tags of one run. */
  static final RowShape NEW_TAGS =
      RowShape.into(TAGS)
          .key(NAMESPACE_ID, WORKFLOW_ID, RUN_ID, TAG_KEY)
          .ofRun()
          .each(TAG_KEY, TAG_VALUE)
          .build();

  final Sql upsert;
  final Sql close;
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
    upsert = statements.upsertNewer("visibility.upsert", RECORD, VERSION);
    close =
        statements.query(
            "visibility.close",
            DSL.update(RECORDS)
                .set(closed(statements.renderer().forms()))
                .where(matches(RUN).and(Visibility.PRESENT).and(VERSION.lt(param(VERSION)))));
    find =
        statements.query(
            "visibility.find",
            DSL.select(COLUMNS).from(RECORDS).where(matches(RUN).and(Visibility.PRESENT)));
    lock =
        statements.query(
            "visibility.lock",
            DSL.select(RUN_ID)
                .from(RECORDS)
                .where(matches(RUN).and(Visibility.PRESENT))
                .forUpdate());
    insertTombstone = statements.insertNew("visibility.insertTombstone", TOMBSTONE);
    delete =
        statements.query(
            "visibility.delete",
            DSL.update(RECORDS).set(emptied()).where(matches(RUN).and(VERSION.le(param(VERSION)))));
    Condition isOld = DELETED_AT.lt(DatabaseClock.before(param(AGE)));
    oldTombstones =
        statements.query(
            "visibility.oldTombstones", DSL.select(RUN).from(RECORDS).where(isOld).limit(limit()));
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
            "visibility.tags", DSL.select(TAG_KEY, TAG_VALUE).from(TAGS).where(matches(RUN)));
    insertTags = statements.insertNew("visibility.insertTags", NEW_TAGS);
    deleteTags =
        statements.query("visibility.deleteTags", DSL.deleteFrom(TAGS).where(matches(RUN)));
    attributes =
        statements.query(
            "visibility.attributes",
            DSL.select(ATTRIBUTE_NAME, ATTRIBUTE_TYPE)
                .from(ATTRIBUTES)
                .where(matches(NAMESPACE_ID)));
    insertAttribute =
        statements.insertNew(
            "visibility.insertAttribute",
            RowShape.into(ATTRIBUTES)
                .key(NAMESPACE_ID, ATTRIBUTE_NAME)
                .onlyIf(LiveNamespaces.GUARD)
                .shared(NAMESPACE_ID, ATTRIBUTE_NAME, ATTRIBUTE_TYPE)
                .build());
    deleteAttribute =
        statements.query(
            "visibility.deleteAttribute",
            DSL.deleteFrom(ATTRIBUTES).where(matches(NAMESPACE_ID, ATTRIBUTE_NAME)));
  }

  /** What the end of a run changes in its record, if the engine says nothing of it. */
  private static Map<Field<?>, Field<?>> closed(SqlForms forms) {
    Map<Field<?>, Field<?>> assignments =
        new LinkedHashMap<>(assign(WORKFLOW_STATE, CLOSE_TIME, VERSION));
    assignments.put(EXECUTION_DURATION_MS, forms.milliseconds(EXECUTION_TIME, param(CLOSE_TIME)));
    assignments.put(HISTORY_LENGTH, DSL.greatest(HISTORY_LENGTH, param(HISTORY_LENGTH)));
    assignments.put(STATE_TRANSITION_COUNT, STATE_TRANSITION_COUNT.plus(DSL.inline(1)));
    return assignments;
  }

  /** What is left of a record that is deleted: nothing that its owner would want deleted. */
  private static Map<Field<?>, Field<?>> emptied() {
    Map<Field<?>, Field<?>> assignments = new LinkedHashMap<>(assign(VERSION));
    assignments.put(DELETED_AT, DSL.coalesce(DELETED_AT, DatabaseClock.now()));
    // So that it changes the row even if it was deleted before, as databases count changes.
    assignments.put(UPDATED_AT, DatabaseClock.now());
    assignments.putAll(clear(STATUS, MEMO, SEARCH_ATTRIBUTES));
    return assignments;
  }
}
