package io.odin.persistence.sql.write;

import static io.odin.persistence.sql.statement.Columns.bytes;
import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.uuid;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import io.odin.persistence.value.Bytes;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** The writes, other than commits, by which a repetition is recognized. */
public final class AppliedWritesTable {

  public static final Table<?> APPLIED_WRITES = table("applied_writes");

  static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  static final Field<UUID> WRITE_ID = uuid("write_id");
  static final Field<Bytes> CONTENT_HASH = bytes("content_hash");
  static final Field<Instant> APPLIED_AT = instant("applied_at");

  private AppliedWritesTable() {}
}
