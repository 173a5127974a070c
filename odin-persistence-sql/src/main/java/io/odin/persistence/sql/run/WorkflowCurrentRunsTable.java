package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** The current run of each workflow. */
public final class WorkflowCurrentRunsTable {

  public static final Table<?> WORKFLOW_CURRENT_RUNS = table("workflow_current_runs");

  public static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  public static final Field<String> WORKFLOW_ID = RunColumns.WORKFLOW_ID;
  public static final Field<UUID> RUN_ID = RunColumns.RUN_ID;
  public static final Field<String> WORKFLOW_STATE = text("workflow_state");
  public static final Field<String> START_REQUEST_ID = text("start_request_id");
  public static final Field<Instant> STARTED_AT = instant("started_at");
  public static final Field<Instant> UPDATED_AT = instant("updated_at");

  private WorkflowCurrentRunsTable() {}
}
