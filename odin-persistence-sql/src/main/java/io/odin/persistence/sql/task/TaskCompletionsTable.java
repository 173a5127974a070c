package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Columns.uuid;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** The leases that their workers have ended. */
public final class TaskCompletionsTable {

  public static final Table<?> TASK_COMPLETIONS = table("task_completions");

  static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  static final Field<UUID> LEASE_ID = uuid("lease_id");
  static final Field<Instant> COMPLETED_AT = instant("completed_at");
  static final Field<String> LEASE_END = text("lease_end");

  private TaskCompletionsTable() {}
}
