package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.Columns.bytes;
import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.integer;
import static io.odin.persistence.sql.statement.Columns.json;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Columns.uuid;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.PayloadField;
import io.odin.persistence.sql.statement.RunColumns;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** Tasks, each with the lease on it. */
public final class TaskQueuesTable {

  public static final Table<?> TASK_QUEUES = table("task_queues");

  public static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  public static final Field<String> TASK_QUEUE_NAME = text("task_queue_name");
  public static final Field<String> TASK_QUEUE_TYPE = text("task_queue_type");
  public static final Field<Long> TASK_ID = number("task_id");
  public static final Field<String> WORKFLOW_ID = RunColumns.WORKFLOW_ID;
  public static final Field<UUID> RUN_ID = RunColumns.RUN_ID;
  public static final Field<Instant> SCHEDULED_AT = instant("scheduled_at");
  public static final Field<Instant> EXPIRY_AT = instant("expiry_at");
  public static final Field<Json> TASK_DATA = json("task_data");
  public static final Field<Bytes> TASK_BYTES = bytes("task_bytes");
  public static final Field<Integer> PARTITION_HASH = integer("partition_hash");
  public static final Field<Instant> CREATED_AT = instant("created_at");
  public static final Field<Integer> PRIORITY = integer("priority");
  public static final Field<Integer> ATTEMPT_COUNT = integer("attempt_count");
  public static final Field<UUID> LEASE_ID = uuid("lease_id");
  public static final Field<Instant> LEASED_UNTIL = instant("leased_until");
  public static final Field<Bytes> CONTENT_HASH = bytes("content_hash");
  public static final Field<Instant> AVAILABLE_AT = instant("available_at");

  /** The columns of the primary key. */
  public static final List<Field<?>> KEY =
      List.of(NAMESPACE_ID, TASK_QUEUE_NAME, TASK_QUEUE_TYPE, TASK_ID);

  /** The payload. */
  public static final PayloadField TASK_PAYLOAD = new PayloadField(TASK_DATA, TASK_BYTES);

  private TaskQueuesTable() {}
}
