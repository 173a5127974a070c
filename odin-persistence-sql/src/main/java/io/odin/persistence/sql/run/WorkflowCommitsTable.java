package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.statement.Columns.bytes;
import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.integer;
import static io.odin.persistence.sql.statement.Columns.uuid;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import io.odin.persistence.value.Bytes;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** The commits that were applied. */
public final class WorkflowCommitsTable {

  public static final Table<?> WORKFLOW_COMMITS = table("workflow_commits");

  public static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  public static final Field<UUID> COMMIT_ID = uuid("commit_id");
  public static final Field<Bytes> CONTENT_HASH = bytes("content_hash");
  public static final Field<Integer> SHARD_ID = integer("shard_id");
  public static final Field<Instant> COMMITTED_AT = instant("committed_at");

  private WorkflowCommitsTable() {}
}
