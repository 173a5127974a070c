package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** Search attributes that are registered. */
public final class SearchAttributesTable {

  public static final Table<?> SEARCH_ATTRIBUTES = table("search_attributes");

  static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  static final Field<String> ATTRIBUTE_NAME = text("attribute_name");
  static final Field<String> ATTRIBUTE_TYPE = text("attribute_type");
  static final Field<Instant> CREATED_AT = instant("created_at");

  private SearchAttributesTable() {}
}
