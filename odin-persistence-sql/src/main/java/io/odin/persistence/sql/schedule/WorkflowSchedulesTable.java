package io.odin.persistence.sql.schedule;

import static io.odin.persistence.sql.statement.Columns.bool;
import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.json;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Columns.uuid;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** Schedules. */
public final class WorkflowSchedulesTable {

  public static final Table<?> WORKFLOW_SCHEDULES = table("workflow_schedules");

  static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  static final Field<UUID> SCHEDULE_ID = uuid("schedule_id");
  static final Field<String> SCHEDULE_NAME = text("schedule_name");
  static final Field<String> WORKFLOW_TYPE = text("workflow_type");
  static final Field<String> TASK_QUEUE = text("task_queue");
  static final Field<String> CRON_EXPRESSION = text("cron_expression");
  static final Field<Long> INTERVAL_SECONDS = number("interval_seconds");
  static final Field<Json> WORKFLOW_INPUT = json("workflow_input");
  static final Field<Long> WORKFLOW_TIMEOUT_SECONDS = number("workflow_timeout_seconds");
  static final Field<Json> RETRY_POLICY = json("retry_policy");
  static final Field<Json> MEMO = json("memo");
  static final Field<Json> SEARCH_ATTRIBUTES = json("search_attributes");
  static final Field<Boolean> PAUSED = bool("paused");
  static final Field<Instant> NEXT_RUN_AT = instant("next_run_at");
  static final Field<Instant> LAST_RUN_AT = instant("last_run_at");
  static final Field<String> LAST_RUN_RESULT = text("last_run_result");
  static final Field<Instant> CREATED_AT = instant("created_at");
  static final Field<Instant> UPDATED_AT = instant("updated_at");
  static final Field<String> CREATED_BY = text("created_by");
  static final Field<Long> VERSION = number("version");
  static final Field<String> TIME_ZONE = text("time_zone");
  static final Field<String> OVERLAP_POLICY = text("overlap_policy");
  static final Field<Long> CATCH_UP_WINDOW_SECONDS = number("catch_up_window_seconds");
  static final Field<Instant> START_AT = instant("start_at");
  static final Field<Instant> END_AT = instant("end_at");
  static final Field<String> PAUSE_NOTE = text("pause_note");
  static final Field<Long> JITTER_SECONDS = number("jitter_seconds");
  static final Field<Long> MAXIMUM_ACTIONS = number("maximum_actions");
  static final Field<Long> REMAINING_ACTIONS = number("remaining_actions");
  static final Field<Json> REQUESTED_TIMES = json("requested_times");
  static final Field<Instant> REGULAR_RUN_AT = instant("regular_run_at");
  static final Field<UUID> LEASE_ID = uuid("lease_id");
  static final Field<String> LEASE_OWNER = text("lease_owner");
  static final Field<Instant> LEASED_UNTIL = instant("leased_until");

  /** The columns of the primary key. */
  static final List<Field<?>> KEY = List.of(NAMESPACE_ID, SCHEDULE_ID);

  private WorkflowSchedulesTable() {}
}
