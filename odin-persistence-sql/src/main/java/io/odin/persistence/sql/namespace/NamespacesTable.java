package io.odin.persistence.sql.namespace;

import static io.odin.persistence.sql.statement.Columns.bool;
import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.integer;
import static io.odin.persistence.sql.statement.Columns.json;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.RunColumns;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** Namespaces. */
public final class NamespacesTable {

  public static final Table<?> NAMESPACES = table("namespaces");

  public static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  public static final Field<String> NAMESPACE_NAME = text("namespace_name");
  public static final Field<String> DESCRIPTION = text("description");
  public static final Field<String> OWNER_ID = text("owner_id");
  public static final Field<Integer> RETENTION_DAYS = integer("retention_days");
  public static final Field<Boolean> HISTORY_ARCHIVAL_ENABLED = bool("history_archival_enabled");
  public static final Field<Boolean> VISIBILITY_ARCHIVAL_ENABLED =
      bool("visibility_archival_enabled");
  public static final Field<Boolean> IS_GLOBAL_NAMESPACE = bool("is_global_namespace");
  public static final Field<Json> CLUSTER_CONFIG = json("cluster_config");
  public static final Field<Json> DATA = json("data");
  public static final Field<String> STATUS = text("status");
  public static final Field<Instant> CREATED_AT = instant("created_at");
  public static final Field<Instant> UPDATED_AT = instant("updated_at");
  public static final Field<Long> VERSION = number("version");
  public static final Field<Long> CHANGE_SEQUENCE = number("change_sequence");
  public static final Field<Instant> DELETED_AT = instant("deleted_at");

  private NamespacesTable() {}
}
