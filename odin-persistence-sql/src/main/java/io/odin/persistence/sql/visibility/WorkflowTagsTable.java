package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** Tags of runs. */
public final class WorkflowTagsTable {

  public static final Table<?> WORKFLOW_TAGS = table("workflow_tags");

  public static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  public static final Field<String> WORKFLOW_ID = RunColumns.WORKFLOW_ID;
  public static final Field<UUID> RUN_ID = RunColumns.RUN_ID;
  public static final Field<String> TAG_KEY = text("tag_key");
  public static final Field<String> TAG_VALUE = text("tag_value");

  private WorkflowTagsTable() {}
}
