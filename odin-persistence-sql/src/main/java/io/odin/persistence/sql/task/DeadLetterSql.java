package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.notExists;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;
import static io.odin.persistence.sql.task.TaskDeadLettersTable.DEAD_AT;
import static io.odin.persistence.sql.task.TaskDeadLettersTable.REASON;
import static io.odin.persistence.sql.task.TaskDeadLettersTable.TASK_DEAD_LETTERS;
import static io.odin.persistence.sql.task.TaskQueuesTable.ATTEMPT_COUNT;
import static io.odin.persistence.sql.task.TaskQueuesTable.CONTENT_HASH;
import static io.odin.persistence.sql.task.TaskQueuesTable.CREATED_AT;
import static io.odin.persistence.sql.task.TaskQueuesTable.EXPIRY_AT;
import static io.odin.persistence.sql.task.TaskQueuesTable.KEY;
import static io.odin.persistence.sql.task.TaskQueuesTable.PARTITION_HASH;
import static io.odin.persistence.sql.task.TaskQueuesTable.PRIORITY;
import static io.odin.persistence.sql.task.TaskQueuesTable.SCHEDULED_AT;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_BYTES;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_DATA;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_ID;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUES;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_NAME;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_TYPE;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Sql;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over dead letters, and over the names of all queues. */
final class DeadLetterSql {

  private static final List<Field<?>> CARRIED =
      List.of(
          NAMESPACE_ID,
          TASK_QUEUE_NAME,
          TASK_QUEUE_TYPE,
          TASK_ID,
          WORKFLOW_ID,
          RUN_ID,
          PRIORITY,
          PARTITION_HASH,
          TASK_DATA,
          TASK_BYTES,
          CONTENT_HASH,
          EXPIRY_AT);

  static final Field<Long> DEAD = number("dead");

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
            DSL.insertInto(TASK_DEAD_LETTERS)
                .columns(with(CARRIED, List.of(ATTEMPT_COUNT, SCHEDULED_AT, CREATED_AT, REASON)))
                .select(
                    DSL.select(
                            with(
                                CARRIED,
                                List.of(ATTEMPT_COUNT, SCHEDULED_AT, CREATED_AT),
                                List.of(param(REASON))))
                        .from(TASK_QUEUES)
                        .where(matches(KEY))));
    // A redriven task does not expire again: it was redriven to be done.
    redrive =
        statements.query(
            "deadLetters.redrive",
            DSL.insertInto(TASK_QUEUES)
                .columns(with(withoutExpiry(), List.of(SCHEDULED_AT)))
                .select(
                    DSL.select(with(withoutExpiry(), List.of(DatabaseClock.now())))
                        .from(TASK_DEAD_LETTERS)
                        .where(
                            matches(KEY)
                                .and(LiveNamespaces.GIVEN)
                                .and(
                                    notExists(
                                        DSL.selectOne().from(TASK_QUEUES).where(matches(KEY)))))));
    delete =
        statements.query(
            "deadLetters.delete", DSL.deleteFrom(TASK_DEAD_LETTERS).where(matches(KEY)));
    count =
        statements.query(
            "deadLetters.count",
            DSL.select(DSL.count().as(DEAD))
                .from(TASK_DEAD_LETTERS)
                .where(matches(NAMESPACE_ID, TASK_QUEUE_NAME, TASK_QUEUE_TYPE)));
    list =
        statements.pagedQuery(
            "deadLetters.list",
            PayloadColumns.of(
                List.of(
                    TASK_ID,
                    WORKFLOW_ID,
                    RUN_ID,
                    TASK_DATA,
                    TASK_BYTES,
                    ATTEMPT_COUNT,
                    REASON,
                    DEAD_AT)),
            columns ->
                DSL.select(columns)
                    .from(TASK_DEAD_LETTERS)
                    .where(matches(NAMESPACE_ID, TASK_QUEUE_NAME, TASK_QUEUE_TYPE)),
            List.of(PagedQuery.Key.ascending(TASK_ID)));
    Table<?> names =
        DSL.select(TASK_QUEUE_NAME, TASK_QUEUE_TYPE)
            .from(TASK_QUEUES)
            .where(matches(NAMESPACE_ID))
            .union(
                DSL.select(TASK_QUEUE_NAME, TASK_QUEUE_TYPE)
                    .from(TASK_DEAD_LETTERS)
                    .where(matches(NAMESPACE_ID)))
            .asTable("names");
    queues =
        statements.pagedQuery(
            "taskQueues.list",
            () -> DSL.select(TASK_QUEUE_NAME, TASK_QUEUE_TYPE).from(names).where(DSL.noCondition()),
            List.of(
                PagedQuery.Key.ascending(TASK_QUEUE_NAME),
                PagedQuery.Key.descending(TASK_QUEUE_TYPE)));
  }

  private static List<Field<?>> withoutExpiry() {
    return CARRIED.subList(0, CARRIED.size() - 1);
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
