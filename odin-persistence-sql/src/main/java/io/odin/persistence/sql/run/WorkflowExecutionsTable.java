package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.statement.Columns.bytes;
import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.integer;
import static io.odin.persistence.sql.statement.Columns.json;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Columns.uuid;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** Runs. */
public final class WorkflowExecutionsTable {

  public static final Table<?> WORKFLOW_EXECUTIONS = table("workflow_executions");

  public static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  public static final Field<String> WORKFLOW_ID = RunColumns.WORKFLOW_ID;
  public static final Field<UUID> RUN_ID = RunColumns.RUN_ID;
  public static final Field<String> WORKFLOW_TYPE = text("workflow_type");
  public static final Field<String> TASK_QUEUE = text("task_queue");
  public static final Field<String> WORKFLOW_STATE = text("workflow_state");
  public static final Field<Bytes> EXECUTION_STATE = bytes("execution_state");
  public static final Field<Long> NEXT_EVENT_ID = number("next_event_id");
  public static final Field<Long> LAST_PROCESSED_EVENT_ID = number("last_processed_event_id");
  public static final Field<Long> WORKFLOW_TIMEOUT_SECONDS = number("workflow_timeout_seconds");
  public static final Field<Long> RUN_TIMEOUT_SECONDS = number("run_timeout_seconds");
  public static final Field<Long> TASK_TIMEOUT_SECONDS = number("task_timeout_seconds");
  public static final Field<Json> RETRY_POLICY = json("retry_policy");
  public static final Field<String> CRON_SCHEDULE = text("cron_schedule");
  public static final Field<String> PARENT_WORKFLOW_ID = text("parent_workflow_id");
  public static final Field<UUID> PARENT_RUN_ID = uuid("parent_run_id");
  public static final Field<Long> INITIATED_ID = number("initiated_id");
  public static final Field<Long> COMPLETION_EVENT_ID = number("completion_event_id");
  public static final Field<Json> MEMO = json("memo");
  public static final Field<Json> SEARCH_ATTRIBUTES = json("search_attributes");
  public static final Field<Json> AUTO_RESET_POINTS = json("auto_reset_points");
  public static final Field<Instant> STARTED_AT = instant("started_at");
  public static final Field<Instant> COMPLETED_AT = instant("completed_at");
  public static final Field<Instant> LAST_UPDATED_AT = instant("last_updated_at");
  public static final Field<Integer> SHARD_ID = integer("shard_id");
  public static final Field<Long> VERSION = number("version");
  public static final Field<String> START_REQUEST_ID = text("start_request_id");
  public static final Field<UUID> BASE_RUN_ID = uuid("base_run_id");
  public static final Field<Long> BASE_EVENT_ID = number("base_event_id");
  public static final Field<Long> HISTORY_SIZE_BYTES = number("history_size_bytes");
  public static final Field<Long> SIGNAL_SEQUENCE = number("signal_sequence");
  public static final Field<Instant> ARCHIVED_AT = instant("archived_at");
  public static final Field<Bytes> ARCHIVE_CHECKSUM = bytes("archive_checksum");

  private WorkflowExecutionsTable() {}
}
