package io.odin.persistence.sql.query;

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

/** Queries to runs, and their answers. */
public final class WorkflowQueryResultsTable {

  public static final Table<?> WORKFLOW_QUERY_RESULTS = table("workflow_query_results");

  public static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  public static final Field<String> WORKFLOW_ID = RunColumns.WORKFLOW_ID;
  public static final Field<UUID> RUN_ID = RunColumns.RUN_ID;
  public static final Field<UUID> QUERY_ID = uuid("query_id");
  public static final Field<String> QUERY_NAME = text("query_name");
  public static final Field<Json> QUERY_INPUT = json("query_input");
  public static final Field<Json> QUERY_RESULT = json("query_result");
  public static final Field<String> QUERY_ERROR = text("query_error");
  public static final Field<Instant> REQUESTED_AT = instant("requested_at");
  public static final Field<Instant> COMPLETED_AT = instant("completed_at");
  public static final Field<Instant> EXPIRES_AT = instant("expires_at");
  public static final Field<Long> EXECUTION_VERSION = number("execution_version");

  /** The columns of the primary key. */
  public static final List<Field<?>> KEY = List.of(NAMESPACE_ID, WORKFLOW_ID, RUN_ID, QUERY_ID);

  private WorkflowQueryResultsTable() {}
}
