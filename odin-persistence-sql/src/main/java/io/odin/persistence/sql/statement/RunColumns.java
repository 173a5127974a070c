package io.odin.persistence.sql.statement;

import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Columns.uuid;

import java.util.List;
import java.util.UUID;
import org.jooq.Field;

/** The columns by which most tables name a run. */
public final class RunColumns {

  public static final Field<UUID> NAMESPACE_ID = uuid("namespace_id");
  public static final Field<String> WORKFLOW_ID = text("workflow_id");
  public static final Field<UUID> RUN_ID = uuid("run_id");

  /** The key of a run. */
  public static final List<Field<?>> RUN = List.of(NAMESPACE_ID, WORKFLOW_ID, RUN_ID);

  private RunColumns() {}
}
