package io.odin.persistence.sql.schedule;

import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Columns.uuid;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** The outcomes of due times of schedules. */
public final class ScheduleExecutionHistoryTable {

  public static final Table<?> SCHEDULE_EXECUTION_HISTORY = table("schedule_execution_history");

  static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  static final Field<UUID> EXECUTION_ID = uuid("execution_id");
  static final Field<UUID> SCHEDULE_ID = uuid("schedule_id");
  static final Field<String> WORKFLOW_ID = RunColumns.WORKFLOW_ID;
  static final Field<UUID> RUN_ID = RunColumns.RUN_ID;
  static final Field<Instant> SCHEDULED_AT = instant("scheduled_at");
  static final Field<Instant> STARTED_AT = instant("started_at");
  static final Field<Instant> COMPLETED_AT = instant("completed_at");
  static final Field<String> RESULT = text("result");
  static final Field<String> ERROR_MESSAGE = text("error_message");

  private ScheduleExecutionHistoryTable() {}
}
