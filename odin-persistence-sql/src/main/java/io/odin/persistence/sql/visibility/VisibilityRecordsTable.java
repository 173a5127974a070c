package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.json;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Columns.uuid;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** Search records of runs. */
public final class VisibilityRecordsTable {

  public static final Table<?> VISIBILITY_RECORDS = table("visibility_records");

  public static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  public static final Field<String> WORKFLOW_ID = RunColumns.WORKFLOW_ID;
  public static final Field<UUID> RUN_ID = RunColumns.RUN_ID;
  public static final Field<String> WORKFLOW_TYPE = text("workflow_type");
  public static final Field<String> TASK_QUEUE = text("task_queue");
  public static final Field<String> WORKFLOW_STATE = text("workflow_state");
  public static final Field<Instant> START_TIME = instant("start_time");
  public static final Field<Instant> EXECUTION_TIME = instant("execution_time");
  public static final Field<Instant> CLOSE_TIME = instant("close_time");
  public static final Field<String> STATUS = text("status");
  public static final Field<Long> HISTORY_LENGTH = number("history_length");
  public static final Field<Long> EXECUTION_DURATION_MS = number("execution_duration_ms");
  public static final Field<Long> STATE_TRANSITION_COUNT = number("state_transition_count");
  public static final Field<Json> MEMO = json("memo");
  public static final Field<Json> SEARCH_ATTRIBUTES = json("search_attributes");
  public static final Field<String> PARENT_WORKFLOW_ID = text("parent_workflow_id");
  public static final Field<UUID> PARENT_RUN_ID = uuid("parent_run_id");
  public static final Field<Instant> CREATED_AT = instant("created_at");
  public static final Field<Instant> UPDATED_AT = instant("updated_at");
  public static final Field<Long> VERSION = number("version");
  public static final Field<Instant> DELETED_AT = instant("deleted_at");
  public static final Field<Instant> CLOSE_TIME_OR_MAX = instant("close_time_or_max");

  private VisibilityRecordsTable() {}
}
