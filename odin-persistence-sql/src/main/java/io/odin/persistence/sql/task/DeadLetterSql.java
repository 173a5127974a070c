package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.notExists;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over dead letters, and over the names of all queues. */
final class DeadLetterSql {

  private static final Table<?> TASKS = table("task_queues");
  private static final Table<?> DEAD_LETTERS = table("task_dead_letters");
  private static final String[] KEY = {
    "namespace_id", "task_queue_name", "task_queue_type", "task_id"
  };
  private static final String[] CARRIED = {
    "namespace_id",
    "task_queue_name",
    "task_queue_type",
    "task_id",
    "workflow_id",
    "run_id",
    "priority",
    "partition_hash",
    "task_data",
    "expiry_at"
  };

  final Sql insert;
  final Sql redrive;
  final Sql delete;
  final Sql count;
  final PagedQuery list;
  final PagedQuery queues;

  DeadLetterSql(Statements statements) {
    insert =
        statements.query(
            "deadLetters.insert",
            DSL.insertInto(DEAD_LETTERS)
                .columns(
                    with(
                        columns(CARRIED),
                        columns("attempt_count", "scheduled_at", "created_at", "reason")))
                .select(
                    DSL.select(
                            with(
                                columns(CARRIED),
                                columns("attempt_count", "scheduled_at", "created_at"),
                                List.of(param("reason"))))
                        .from(TASKS)
                        .where(matches(KEY))));
    // A redriven task does not expire again: it was redriven to be done.
    redrive =
        statements.query(
            "deadLetters.redrive",
            DSL.insertInto(TASKS)
                .columns(with(columns(withoutExpiry()), columns("scheduled_at")))
                .select(
                    DSL.select(with(columns(withoutExpiry()), List.of(DatabaseClock.now())))
                        .from(DEAD_LETTERS)
                        .where(
                            matches(KEY)
                                .and(notExists(DSL.selectOne().from(TASKS).where(matches(KEY)))))));
    delete =
        statements.query("deadLetters.delete", DSL.deleteFrom(DEAD_LETTERS).where(matches(KEY)));
    count =
        statements.query(
            "deadLetters.count",
            DSL.select(DSL.count().as("dead"))
                .from(DEAD_LETTERS)
                .where(matches("namespace_id", "task_queue_name", "task_queue_type")));
    list =
        statements.pagedQuery(
            "deadLetters.list",
            () ->
                DSL.select(
                        columns(
                            "task_id",
                            "workflow_id",
                            "run_id",
                            "task_data",
                            "attempt_count",
                            "reason",
                            "dead_at"))
                    .from(DEAD_LETTERS)
                    .where(matches("namespace_id", "task_queue_name", "task_queue_type")),
            List.of(PagedQuery.Key.ascending("task_id", RowShape.Type.NUMBER)));
    Table<?> names =
        DSL.select(columns("task_queue_name", "task_queue_type"))
            .from(TASKS)
            .where(matches("namespace_id"))
            .union(
                DSL.select(columns("task_queue_name", "task_queue_type"))
                    .from(DEAD_LETTERS)
                    .where(matches("namespace_id")))
            .asTable("names");
    queues =
        statements.pagedQuery(
            "taskQueues.list",
            () ->
                DSL.select(columns("task_queue_name", "task_queue_type"))
                    .from(names)
                    .where(DSL.noCondition()),
            List.of(
                PagedQuery.Key.ascending("task_queue_name", RowShape.Type.TEXT),
                PagedQuery.Key.descending("task_queue_type", RowShape.Type.TEXT)));
  }

  private static String[] withoutExpiry() {
    return Arrays.copyOf(CARRIED, CARRIED.length - 1);
  }

  @SafeVarargs
  private static List<Field<?>> with(List<? extends Field<?>>... parts) {
    List<Field<?>> all = new ArrayList<>();
    for (List<? extends Field<?>> part : parts) {
      all.addAll(part);
    }
    return all;
  }
}
