package io.odin.persistence.sql.schema;

import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.integer;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Renderer.table;

import java.time.Instant;
import org.jooq.Field;
import org.jooq.Table;

/** The versions of the schema that were installed. */
final class OdinSchemaTable {

  static final Table<?> ODIN_SCHEMA = table("odin_schema");

  static final Field<Integer> VERSION = integer("version");
  static final Field<String> DESCRIPTION = text("description");
  static final Field<Instant> APPLIED_AT = instant("applied_at");

  private OdinSchemaTable() {}
}
