package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.integer;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Columns.uuid;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** The leases on tasks, for display and for reclaiming. */
public final class TaskQueueLeasesTable {

  public static final Table<?> TASK_QUEUE_LEASES = table("task_queue_leases");

  public static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  public static final Field<String> TASK_QUEUE_NAME = text("task_queue_name");
  public static final Field<String> TASK_QUEUE_TYPE = text("task_queue_type");
  public static final Field<Long> TASK_ID = number("task_id");
  public static final Field<UUID> LEASE_ID = uuid("lease_id");
  public static final Field<String> WORKER_IDENTITY = text("worker_identity");
  public static final Field<Instant> LEASED_AT = instant("leased_at");
  public static final Field<Instant> LEASE_EXPIRES_AT = instant("lease_expires_at");
  public static final Field<Instant> HEARTBEAT_AT = instant("heartbeat_at");
  public static final Field<Integer> ATTEMPT_COUNT = integer("attempt_count");

  /** The columns of the primary key. */
  public static final List<Field<?>> KEY =
      List.of(NAMESPACE_ID, TASK_QUEUE_NAME, TASK_QUEUE_TYPE, TASK_ID);

  private TaskQueueLeasesTable() {}
}
