package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.Columns.bytes;
import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import io.odin.persistence.value.Bytes;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** The ids of callers whose task has ended. */
public final class TaskEndingsTable {

  public static final Table<?> TASK_ENDINGS = table("task_endings");

  static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  static final Field<String> TASK_QUEUE_NAME = text("task_queue_name");
  static final Field<String> TASK_QUEUE_TYPE = text("task_queue_type");
  static final Field<Long> TASK_ID = number("task_id");
  static final Field<Bytes> CONTENT_HASH = bytes("content_hash");
  static final Field<Instant> ENDED_AT = instant("ended_at");

  private TaskEndingsTable() {}
}
