package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.Columns.bytes;
import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.integer;
import static io.odin.persistence.sql.statement.Columns.json;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** Tasks that failed for good. */
public final class TaskDeadLettersTable {

  public static final Table<?> TASK_DEAD_LETTERS = table("task_dead_letters");

  static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  static final Field<String> TASK_QUEUE_NAME = text("task_queue_name");
  static final Field<String> TASK_QUEUE_TYPE = text("task_queue_type");
  static final Field<Long> TASK_ID = number("task_id");
  static final Field<String> WORKFLOW_ID = RunColumns.WORKFLOW_ID;
  static final Field<UUID> RUN_ID = RunColumns.RUN_ID;
  static final Field<Integer> PRIORITY = integer("priority");
  static final Field<Integer> PARTITION_HASH = integer("partition_hash");
  static final Field<Integer> ATTEMPT_COUNT = integer("attempt_count");
  static final Field<String> REASON = text("reason");
  static final Field<Json> TASK_DATA = json("task_data");
  static final Field<Bytes> TASK_BYTES = bytes("task_bytes");
  static final Field<Instant> SCHEDULED_AT = instant("scheduled_at");
  static final Field<Instant> EXPIRY_AT = instant("expiry_at");
  static final Field<Instant> CREATED_AT = instant("created_at");
  static final Field<Instant> DEAD_AT = instant("dead_at");
  static final Field<Bytes> CONTENT_HASH = bytes("content_hash");

  private TaskDeadLettersTable() {}
}
